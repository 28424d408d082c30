using System.Globalization;
using System.Runtime.InteropServices;
using PerfKit.Pinning;
using PerfKit.WebBenchmark;

// What does PerfKit cost a web application under load? Prints a table, then each claim beside its limit; ends with 1 when one falls
// short, with 3 when the noise was wider than the limit. --generations N starts the sites so often; --short only proves that everything runs.
if (args is [ServedSite.Argument, string instruments])
{
    await ServedSite.ServeAsync(Enum.Parse<Instruments>(instruments));
    return 0;
}

bool isShort = args is ["--short"];
int generations = 8;
if (args is ["--generations", string text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out generations) && generations is >= 5 and <= 100)
    args = [];
if (args.Length > 0 && !isShort)
{
    Console.Error.WriteLine("Usage: PerfKit.WebBenchmark [--generations N | --short], N from 5 to 100");
    return 2;
}

bool isPinned = Cores.Usable.Count > 1 && Cores.Pin(1);
Print.Line($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores; {(isPinned ? "the site on one, its customers on another" : "nothing is pinned")}");
Console.WriteLine();

Effort effort = isShort ? Effort.Short : Effort.Full(generations);
var comparison = new Comparison([.. Enumerable.Range(0, effort.Generations).Select(number => Generation.Of(number, effort))]);
comparison.Tell();
List<Verdict> verdicts = [.. comparison.Judge()];
Print.Table(verdicts);
if (isShort)
    return 0;
return verdicts.Any(verdict => verdict.Holds == false) ? 1 : verdicts.Any(verdict => verdict.Holds is null) ? 3 : 0;
