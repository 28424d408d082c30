using System.Globalization;

namespace PerfKit.DetectionBenchmark;

/// <summary>
/// Are PerfKit's verdicts right? Real faults are put into real programs, each in a process of its own, and what PerfKit says is
/// scored. Every program that wants to be run again as a child calls this first.
/// </summary>
internal static class Entry
{
    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>1 when a figure falls short of its limit, 2 when it was called wrongly, 3 when other programs kept the machine too busy to tell.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [Self.ChildCommand, var name, var seed, var state, var port, var folder])
            return await ChildProgram.RunAsync(name, int.Parse(seed, CultureInfo.InvariantCulture), state == "fixed", int.Parse(port, CultureInfo.InvariantCulture), folder);
        if (arguments is [Self.NeighborCommand])
        {
            BusyNeighbor.Run();
            return 0;
        }
        if (arguments is ["--help" or "-h" or "-?"])
        {
            Console.WriteLine(CommandLine.Usage);
            return 0;
        }
        CommandLine? command = CommandLine.Parse(arguments, out string message);
        if (command is null)
        {
            Console.Error.WriteLine(message);
            return 2;
        }
        return await Benchmark.RunAsync(command);
    }
}
