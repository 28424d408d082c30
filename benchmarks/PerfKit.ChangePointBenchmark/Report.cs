using System.Diagnostics;
using System.Globalization;
using PerfKit.Statistics;

namespace PerfKit.ChangePointBenchmark;

/// <summary>What the program prints.</summary>
internal static class Report
{
    private const int LongSeries = 10_000;

    /// <summary>Each detector's mean scores, its time for the folder and for 10,000 points: the least of several runs.</summary>
    public static void Compare(IReadOnlyList<Series> folder)
    {
        Print($"{"detector",-34} {"F1",6} {"covering",9} {"folder",11} {"10,000 points",16}");
        double[] steps = Steps(), wave = Wave();
        foreach (Detector detector in Detector.Peers.Prepend(Detector.PerfKit))
        {
            Score? score = MeanOf(folder, detector);
            double all = Milliseconds(() => { foreach (Series series in folder) detector.Find(series.Values); });
            double longest = Math.Max(Milliseconds(() => detector.Find(steps)), Milliseconds(() => detector.Find(wave)));
            Print($"{detector.Name,-34} {score?.F1,6:F3} {score?.Covering,9:F3} {all,8:F1} ms {longest,13:F1} ms");
        }
    }

    public static void EachSeries(IReadOnlyList<Series> folder)
    {
        Print($"{"series",-34} {"F1",6} {"covering",9} {"n",6}  change points");
        foreach (Series series in folder)
        {
            int[] found = Detector.PerfKit.Find(series.Values);
            Score? score = series.Annotations is { } people ? Score.Of(people, found, series.Values.Length) : null;
            Print($"{series.Name,-34} {score?.F1,6:F3} {score?.Covering,9:F3} {series.Values.Length,6}  {string.Join(' ', found)}");
        }
    }

    /// <summary>The scores when one option moves by a quarter, and when one series is left out.</summary>
    public static void Sensitivity(IReadOnlyList<Series> folder)
    {
        ChangePointOptions basis = new();
        Print($"{"PerfKit with",-34} {"F1",6} {"covering",9}");
        Row("its defaults", basis);
        foreach (double factor in (double[])[0.75, 1.25])
        {
            Row($"{nameof(basis.LocationCost)} {basis.LocationCost * factor:0.###}", basis with { LocationCost = basis.LocationCost * factor });
            Row($"{nameof(basis.MinimumSegment)} {basis.MinimumSegment * factor:0}", basis with { MinimumSegment = (int)(basis.MinimumSegment * factor) });
            Row($"{nameof(basis.OutlierLimit)} {basis.OutlierLimit * factor:0.###}", basis with { OutlierLimit = basis.OutlierLimit * factor });
        }

        Score[] without = [.. folder.Where(it => it.Annotations is not null)
            .Select(left => MeanOf([.. folder.Where(it => it != left)], Detector.PerfKit)).OfType<Score>()];
        if (without.Length > 1)
        {
            Print($"{"without one series, lowest",-34} {without.Min(it => it.F1),6:F3} {without.Min(it => it.Covering),9:F3}");
            Print($"{"without one series, highest",-34} {without.Max(it => it.F1),6:F3} {without.Max(it => it.Covering),9:F3}");
        }

        void Row(string name, ChangePointOptions options)
        {
            Score? score = MeanOf(folder, Detector.Ours(name, options));
            Print($"{name,-34} {score?.F1,6:F3} {score?.Covering,9:F3}");
        }
    }

    /// <summary><see langword="null"/> when no series is annotated.</summary>
    private static Score? MeanOf(IReadOnlyList<Series> folder, Detector detector)
    {
        Score[] scores = [.. folder.Where(it => it.Annotations is not null)
            .Select(it => Score.Of(it.Annotations!, detector.Find(it.Values), it.Values.Length))];
        return scores.Length > 0 ? Score.Mean(scores) : null;
    }

    private static double Milliseconds(Action action)
    {
        double least = double.PositiveInfinity;
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return least;
    }

    /// <summary>A new level every 500 points.</summary>
    private static double[] Steps()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, LongSeries).Select(i => i / 500 * 7 % 5 + random.NextDouble())];
    }

    /// <summary>Neighbors alike and no change: the dearest kind, in which little can be pruned and noise is estimated anew.</summary>
    private static double[] Wave()
    {
        var random = new Random(2);
        double level = 0;
        return [.. Enumerable.Range(0, LongSeries).Select(_ => level = 0.99 * level + random.NextDouble() - 0.5)];
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
