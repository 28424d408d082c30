using System.Globalization;
using System.Runtime.InteropServices;
using PerfKit.StartupAccuracy;

// How true is what PerfKit says of a start-up? Prints tables, then each claim beside its limit; ends with 1 when one falls short.
// --short measures less, and lets only those figures decide that no busy machine blurs.
const string Usage = "Usage: PerfKit.StartupAccuracy [--seed N] [--short]";
List<string> rest = [.. args];
bool isShort = rest.Remove("--short");
int seed = 1;
if (rest is ["--seed", _] && int.TryParse(rest[1], NumberStyles.None, CultureInfo.InvariantCulture, out seed))
    rest.Clear();
if (rest.Count > 0)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores");
Console.WriteLine();
List<Verdict> verdicts = [.. GraphAccuracy.Measure(seed, isShort ? 200 : 520), .. ScopeOverhead.Measure(isShort ? 21 : 201)];
if (CpuClock.IsAvailable)
{
    verdicts.AddRange(await MakeupAccuracy.MeasureAsync(isShort ? 3 : 11));
    verdicts.AddRange(await InterleavedServices.MeasureAsync(isShort ? 3 : 15));
}
Print.Table(verdicts);
return verdicts.Any(verdict => verdict.Holds == false && (!isShort || verdict.IsExact)) ? 1 : 0;
