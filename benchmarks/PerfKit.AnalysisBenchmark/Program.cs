// How long the analysis of an hour takes, and how that grows.
using System.Diagnostics;
using System.Globalization;
using PerfKit.Analysis;
using PerfKit.AnalysisBenchmark;

const string Usage = """
    Analyzes generated hours of samples and services: one hour (3,600 samples, 500 services) in under 50 ms, growing no faster than linearly.

        PerfKit.AnalysisBenchmark [--rounds N] [--seed N] [--short]

    --rounds N   analyses of each size, whose median is told, 1 to 10000 (default 51)
    --seed N     other figures, 0 or more (default 1)
    --short      five rounds: proves that it runs; only a gross error decides
    """;
const double MostSeconds = 0.05;

// A size four times as large may take this many times as long: linear, with room for a cache that it no longer fits in.
const double MostGrowth = 4 * 1.5;
const double Gross = 4;

int rounds = 51, seed = 1;
bool isShort = false;
for (int i = 0; i < args.Length; i++)
{
    bool isGood = args[i] switch
    {
        "--rounds" => ++i < args.Length && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out rounds) && rounds is >= 1 and <= 10_000,
        "--seed" => ++i < args.Length && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out seed),
        "--short" => isShort = true,
        _ => false,
    };
    if (!isGood)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
if (isShort)
    rounds = 5;
double lenience = isShort ? Gross : 1;

(string Name, int Samples, int Services)[] sizes = [("an hour", 3_600, 500), ("4 × samples", 14_400, 500), ("4 × services", 3_600, 2_000)];
bool isWithin = true;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"medians of {rounds}, seed {seed}"));
Console.WriteLine($"{"hour",-12}{"size",-16}{"samples",9}{"services",10}{"time",12}{"growth",9}{"found",7}");
foreach (bool isFaulty in (bool[])[false, true])
{
    Observations[] hours = [.. sizes.Select(size => GeneratedHour.Create(size.Samples, size.Services, isFaulty, seed))];
    var analyzer = new BottleneckAnalyzer();
    var thresholds = new Thresholds();
    var seconds = hours.Select(_ => new double[rounds]).ToArray();
    int[] found = [.. hours.Select(hour => analyzer.Analyze(hour, thresholds).Bottlenecks.Count)]; // compiles what it takes, uncounted
    for (int round = 0; round < rounds; round++)
    {
        // By turns, so that what disturbs one disturbs the others too.
        for (int size = 0; size < sizes.Length; size++)
        {
            long began = Stopwatch.GetTimestamp();
            analyzer.Analyze(hours[size], thresholds);
            seconds[size][round] = Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }
    double[] medians = [.. seconds.Select(times => times.Order().ElementAt(rounds / 2))];
    for (int size = 0; size < sizes.Length; size++)
    {
        double growth = medians[size] / medians[0];
        bool isGood = size == 0 ? medians[0] <= MostSeconds * lenience : growth <= MostGrowth * lenience;
        isWithin &= isGood;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(isFaulty ? "faulty" : "healthy"),-12}{sizes[size].Name,-16}{sizes[size].Samples,9:N0}{sizes[size].Services,10:N0}{medians[size] * 1e3,9:F1} ms{(size == 0 ? "" : $"{growth:F1} ×"),9}{found[size],7}{(isGood ? "" : "  over its limit")}"));
    }
}

return isWithin ? 0 : 1;
