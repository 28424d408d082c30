using System.Runtime.InteropServices;
using PerfKit.OverheadBenchmark;

// What does it cost to meter an operation? Prints tables, then each claim beside its limit; ends with 1 when one falls short.
// --short only proves that everything runs: then no figure decides, except those that no machine can blur.
bool isShort = args.Contains("--short");
if (args.Except(["--short", SwitchedOff.Argument]).Any())
{
    Console.Error.WriteLine("Usage: PerfKit.OverheadBenchmark [--short]");
    return 2;
}

Effort effort = isShort ? Effort.Short : Effort.Full;
bool isPinned = Pinning.Pin(0);
Loops.Off.IsEnabled = false;
if (args.Contains(SwitchedOff.Argument))
{
    SwitchedOff.MeasureHere(effort);
    return 0;
}
Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, threads {(isPinned ? "pinned" : "not pinned")}");
Console.WriteLine();

using IDisposable tracing = ActivityListening.Begin();
using IDisposable listening = MeterListening.Begin();
using IDisposable exporting = OpenTelemetryListening.Begin();

List<Verdict> verdicts = [.. SingleThread.Measure(effort), .. SwitchedOff.Measure(isShort)];
if (Environment.ProcessorCount > 1)
{
    verdicts.AddRange(TwoThreads.Measure(effort));
    verdicts.AddRange(Collecting.Measure(effort));
}

Print.Table(verdicts);
return verdicts.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)) ? 1 : 0;
