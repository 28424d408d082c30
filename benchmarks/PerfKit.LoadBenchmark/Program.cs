using System.Runtime.InteropServices;
using PerfKit.LoadBenchmark;

// Are the load generator's figures true? A server in a process of its own answers after known delays; its log is the truth. Prints
// tables, then each claim beside its limit; ends with 1 when one falls short. --short is quick, and only a gross error decides.
if (args is [LatencyServer.Argument])
{
    await LatencyServer.ServeAsync();
    return 0;
}

bool isShort = args.Contains("--short");
if (args.Except(["--short"]).Any())
{
    Console.Error.WriteLine("Usage: PerfKit.LoadBenchmark [--short]");
    return 2;
}

Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores");
Console.WriteLine();

using var server = new ServerProcess();
IReadOnlyList<Verdict> verdicts = await Omission.MeasureAsync(server.Port, rate: isShort ? 100 : 250, seconds: isShort ? 4 : 12, tolerance: isShort ? 0.25 : 0.05);
await Throughput.MeasureAsync(server.Port, isShort ? 1 : 5);
await Pace.MeasureAsync(isShort ? 0.5 : 3, isShort ? [1_000] : [100, 1_000, 10_000, 100_000]);
Print.Table(verdicts);
return verdicts.Any(verdict => verdict.Holds == false) ? 1 : 0;
