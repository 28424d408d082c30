using System.Diagnostics;
using System.Globalization;

namespace PerfKit.OverheadBenchmark;

/// <summary>
/// What a meter costs that is switched off, in a process of its own: the compiler lays code out for what it has seen, and an
/// application that switches its meters off shows it no other case.
/// </summary>
internal static class SwitchedOff
{
    public const string Argument = "--switched-off";

    /// <summary>In the process of its own: prints one number, the nanoseconds that the meter adds to an empty loop.</summary>
    public static void MeasureHere(Effort effort)
    {
        Subject empty = new("empty loop", Loops.Empty);
        Subject off = new("OperationMeter, switched off", Loops.SwitchedOff);
        Print.Line($"{Rounds.Of([empty, off], effort).Difference(off, empty):R}");
    }

    public static IEnumerable<Verdict> Measure(bool isShort)
    {
        double added = double.Parse(RunAgain(isShort ? $"{Argument} --short" : Argument), CultureInfo.InvariantCulture);
        return [new("switched off, beside an empty loop", Print.Text($"{added:F3} ns"), "at most 0.1 ns", added <= 0.1)];
    }

    private static string RunAgain(string arguments)
    {
        // Started as "dotnet Program.dll" or as the program itself.
        bool isHost = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var start = new ProcessStartInfo(Environment.ProcessPath!, isHost ? $"\"{Environment.GetCommandLineArgs()[0]}\" {arguments}" : arguments)
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The program could not be started again.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"The program, started again, ended with {process.ExitCode}.");
    }
}
