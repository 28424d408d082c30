using System.Runtime.InteropServices;
using PerfKit.OverheadBenchmark;
using PerfKit.Pinning;

// What does it cost to meter an operation? Prints tables, then each claim beside its limit; ends with 1 when one falls short, with 3
// when the machine did not let one be judged. --soak asks what memory it takes instead. --short only proves that everything runs: then
// no figure decides, except those that no machine can blur.
bool isShort = args.Contains("--short");
if (args.Except(["--short", "--soak", SwitchedOff.Argument, OtherClock.Argument]).Any())
{
    Console.Error.WriteLine("Usage: PerfKit.OverheadBenchmark [--soak] [--short]");
    return 2;
}

Effort effort = isShort ? Effort.Short : Effort.Full;
bool isPinned = Cores.Pin(0);
if (args.Contains(SwitchedOff.Argument))
{
    Loops.Off.IsEnabled = false;
    SwitchedOff.MeasureHere(effort);
    return 0;
}
if (args.Contains(OtherClock.Argument))
{
    OtherClock.MeasureHere(effort);
    return 0;
}
Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, threads {(isPinned ? "pinned" : "not pinned")}");
Console.WriteLine();
if (args.Contains("--soak"))
    return Judge(Soak.Measure(isShort));
Loops.Off.IsEnabled = false;

using IDisposable tracing = ActivityListening.Begin();
using IDisposable listening = MeterListening.Begin();
using IDisposable exporting = OpenTelemetryListening.Begin();

List<Verdict> verdicts = [.. SingleThread.Measure(effort), .. SwitchedOff.Measure(isShort), .. OtherClock.Measure(isShort)];
if (Environment.ProcessorCount > 1)
{
    verdicts.AddRange(TwoThreads.Measure(effort));
    verdicts.AddRange(Collecting.Measure(effort));
}
else
{
    verdicts.Add(new("two threads, and a collector beside a writer", "one core", "two cores", null));
}
return Judge(verdicts);

int Judge(IEnumerable<Verdict> verdicts)
{
    List<Verdict> judged = [.. verdicts];
    Print.Table(judged);
    if (judged.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)))
        return 1;
    return !isShort && judged.Any(verdict => verdict.Holds is null) ? 3 : 0;
}
