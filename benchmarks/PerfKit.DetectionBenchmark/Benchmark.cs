using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PerfKit.DetectionBenchmark;

/// <summary>Chooses the cases, runs them and tells what came of them.</summary>
internal static class Benchmark
{
    public static async Task<int> RunAsync(CommandLine command)
    {
        Case[] cases = Chosen(command);
        if (command.IsList)
        {
            foreach (Case @case in cases)
                Console.WriteLine($"{@case.Name,-36} {string.Join(" + ", @case.Injected)}{(@case.IsHeldBack ? "  (held back)" : "")}");
            return 0;
        }
        if (cases.Length == 0)
        {
            Console.Error.WriteLine($"--only is '{command.Only}', and no case has it in its name; --list names them.");
            return 2;
        }

        Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores; seed {command.Seed}");
        if (!ControlGroup.IsPossible && FaultKinds.All.Any(kind => kind.NeedsControlGroup))
            Console.WriteLine("CpuThrottled is left out: this process may not make a control group with a CPU quota.");
        Console.WriteLine();
        long began = Stopwatch.GetTimestamp();
        using var remote = new RemoteServer();
        var runner = new Runner(command.Seed, command.ReportFolder, remote, Report.Tell);
        IReadOnlyList<Outcome> outcomes = await runner.RunAsync(cases, isFixed: false);
        bool holds, isCrowded = false;
        if (command.IsFix)
        {
            Console.WriteLine();
            Console.WriteLine("Again, with the advice followed:");
            holds = Report.TellFixes(Fix.Compare(outcomes, await runner.RunAsync(cases, isFixed: true)));
        }
        else
        {
            Score score = Score.Of(outcomes);
            isCrowded = score.IsCrowded;
            holds = Report.TellScore(score, isWhole: command is { Only: null, Selection: CaseSelection.None });
        }
        Print.Line($"{cases.Length} cases in {Stopwatch.GetElapsedTime(began).TotalMinutes:F1} minutes, of which {runner.Waited.TotalMinutes:F1} were waited for other programs to leave some CPU.");
        if (command.JsonFile is { } path)
            await CaseLine.WriteAsync(path, command.Seed, outcomes);
        if (isCrowded)
            Console.WriteLine("Other programs kept the machine too busy for a verdict on the whole.");
        return isCrowded ? 3 : holds ? 0 : 1;
    }

    private static Case[] Chosen(CommandLine command)
    {
        IEnumerable<Case> cases = Catalog.Of(command.Seed).Where(@case => @case.Selection >= command.Selection);
        if (command.Only is { } text)
            cases = cases.Where(@case => @case.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
        if (command.IsFix)
            cases = cases.Where(@case => @case is { Group: CaseGroup.Fault, IsFixable: true });
        return [.. cases];
    }
}
