using System.Runtime.InteropServices;
using PerfKit.OverheadBenchmark;

// What does it cost to meter an operation? Prints tables, then each claim beside its limit; ends with 1 when one falls short.
// --short only proves that everything runs: then no figure decides, except those that no machine can blur.
bool isShort = args is ["--short"];
if (args.Length > 0 && !isShort)
{
    Console.Error.WriteLine("Usage: PerfKit.OverheadBenchmark [--short]");
    return 2;
}

Effort effort = isShort ? Effort.Short : Effort.Full;
bool isPinned = Pinning.Pin(0);
Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, threads {(isPinned ? "pinned" : "not pinned")}");
Console.WriteLine();

using IDisposable tracing = ActivityListening.Begin();
using IDisposable listening = MeterListening.Begin();
using IDisposable exporting = OpenTelemetryListening.Begin();
Loops.Off.IsEnabled = false;

List<Verdict> verdicts = [.. SingleThread.Measure(effort)];
if (Environment.ProcessorCount > 1)
{
    verdicts.AddRange(TwoThreads.Measure(effort));
    verdicts.AddRange(Collecting.Measure(effort));
}

Print.Table(["claim", "measured", "limit", "verdict"], verdicts.Select(verdict => (IReadOnlyList<string>)[verdict.Claim, verdict.Figure, verdict.Limit, verdict.Word]));
return verdicts.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)) ? 1 : 0;
