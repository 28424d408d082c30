using System.Globalization;
using System.Runtime.InteropServices;
using PerfKit.WaitsBenchmark;

// Is the right service blamed when others wait? Programs write down themselves who held what when; PerfKit knows only its events. Prints
// tables, then each claim beside its limit; ends with 1 when one falls short. --short does less, and what it costs decides nothing then; --misses
// tells of each wait whose culprit was not named rightly.
List<string> rest = [.. args];
bool isShort = rest.Remove("--short"), showsMisses = rest.Remove("--misses");
int seed = 1;
if (rest is ["--seed", _] && int.TryParse(rest[1], NumberStyles.None, CultureInfo.InvariantCulture, out seed))
    rest.Clear();
if (rest.Count > 0)
{
    Console.Error.WriteLine("Usage: PerfKit.WaitsBenchmark [--seed N] [--short] [--misses]");
    return 2;
}

Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores, seed {seed}");
Console.WriteLine();
List<Verdict> verdicts =
[
    LockBlame.Measure(seed, rounds: isShort ? 12 : 60, showsMisses),
    await PoolBlame.MeasureAsync(seconds: isShort ? 2 : 5),
    await CollectorBlame.MeasureAsync(seconds: isShort ? 3 : 8),
    .. WatchCost.Measure(rounds: isShort ? 1 : 9),
];
Print.Table(verdicts);
return verdicts.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)) ? 1 : 0;
