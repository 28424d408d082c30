using System.Globalization;
using PerfKit.DetectionBenchmark;

// Are PerfKit's verdicts right? Real faults are put into real programs, each in a process of its own, and what PerfKit says is
// scored. Ends with 1 when a figure falls short of its limit, with 2 when it was called wrongly, and with 3 when other programs
// kept the machine too busy to tell.
if (args is [Self.ChildCommand, var name, var childSeed, var state, var port, var folder])
    return await ChildProgram.RunAsync(name, int.Parse(childSeed, CultureInfo.InvariantCulture), state == "fixed", int.Parse(port, CultureInfo.InvariantCulture), folder);
if (args is [Self.NeighborCommand])
{
    BusyNeighbor.Run();
    return 0;
}
CommandLine? command = CommandLine.Parse(args, out string message);
if (command is null)
{
    Console.Error.WriteLine(message);
    return 2;
}
return await Benchmark.RunAsync(command);
