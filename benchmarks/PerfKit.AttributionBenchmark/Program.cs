using System.Runtime.InteropServices;
using PerfKit.AttributionBenchmark;

// Is each service charged with what it used, and what does that cost? Prints tables, then each claim beside its limit. Ends with 1
// when a claim falls short, with 3 when other programs kept the machine too busy to tell. --short lets only those figures decide
// that no busy machine blurs.
const string Usage = """
    Usage: PerfKit.AttributionBenchmark [--short] [--only accuracy|cost]

      --short   a few rounds; only exact figures decide (some 20 s instead of 80)
      --only    one half of it
    """;
List<string> rest = [.. args];
if (rest.Remove("--help"))
{
    Console.WriteLine(Usage);
    return 0;
}
bool isShort = rest.Remove("--short");
bool isAccuracy = rest is not ["--only", "cost"], isCost = rest is not ["--only", "accuracy"];
if (rest.Count > 0 && isAccuracy && isCost)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores");
Console.WriteLine();
List<Verdict> verdicts = [];
// First the cost: threads and a heap that other work leaves behind make every allocation dearer, the floor's too.
if (isCost)
{
    // On a thread of its own: it is pinned to a core, and what it leaves in its flow is gone with it.
    var measuring = new Thread(() => verdicts.AddRange(Prices.Measure(isShort ? Effort.Short : Effort.Full)));
    measuring.Start();
    measuring.Join();
}
if (isAccuracy && CpuClock.IsAvailable)
    verdicts.AddRange(await Interleaving.MeasureAsync(isShort ? 5 : 31));
Print.Table(verdicts);
if (verdicts.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)))
    return 1;
return !isShort && verdicts.Any(verdict => verdict.Holds is null) ? 3 : 0;
