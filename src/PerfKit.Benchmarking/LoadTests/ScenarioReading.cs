using PerfKit.Reporting;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>What the tests of a scenario tell together. A sentence is said only when a figure is remarkable.</summary>
internal static class ScenarioReading
{
    private const double SlowerIsRemarkable = 1.5;
    private const double PowerIsRemarkable = 1.2;
    private const double TrendConfidence = 0.99;

    public static IEnumerable<string> OfProjects(IReadOnlyList<LoadTestResult> results)
    {
        if (results.Count == 2 && Median(results[1]) / Median(results[0]) is { } factor && factor >= SlowerIsRemarkable)
        {
            yield return $"Among {Count(results[1].Generator.PeakInFlight)} projects an operation takes {Number(factor)} times as long as alone "
                + $"({Seconds(Median(results[1]))} against {Seconds(Median(results[0]))}).";
        }
    }

    public static IEnumerable<string> OfSizes(long[] sizes, IReadOnlyList<LoadTestResult> results)
    {
        (double Size, double Median)[] points =
        [
            .. results.Zip(sizes, (result, size) => ((double)size, Median(result) ?? 0)).Where(point => point.Item2 > 0),
        ];
        if (points.Length < 2)
            yield break;

        // On logarithms a power is a slope, and a single slow size does not bend the Theil–Sen line.
        double[] logSizes = [.. points.Select(point => Math.Log(point.Size))];
        double[] logMedians = [.. points.Select(point => Math.Log(point.Median))];
        if (RobustTrend.Fit(logSizes, logMedians).Slope is { } power && power >= PowerIsRemarkable)
        {
            yield return $"The time grows with the size to the power of {Number(power)}: ten times the data take "
                + $"{Number(Math.Pow(10, power))} times as long, where 10 would be proportional.";
        }
    }

    public static IEnumerable<string> OfMemory(IReadOnlyList<LoadTestResult> results)
    {
        foreach (LoadTestResult result in results.Skip(1))
        {
            if (result.SuccessRate < results[0].SuccessRate)
            {
                yield return $"{result.Name}: {Count(result.Failed)} of {Count(result.Completed)} operations failed.";
                yield break;
            }

            if (Median(result) / Median(results[0]) is { } factor && factor >= SlowerIsRemarkable)
            {
                yield return $"{result.Name}: an operation takes {Number(factor)} times as long as with nothing held.";
                yield break;
            }
        }
    }

    public static IEnumerable<string> OfSustained(LoadTestResult result)
    {
        IReadOnlyList<ResourceSample> samples = result.Resources.Samples;
        double[] minutes = [.. samples.Select(sample => (sample.Timestamp - result.StartedAt).TotalMinutes)];
        if (Rising(minutes, [.. samples.Select(sample => (double?)sample.WorkingSetBytes ?? double.NaN)]) is { } bytes)
            yield return $"The working set grew by {Bytes(bytes)} a minute, all through the test.";
        if (Rising([.. result.Series.Select(interval => interval.Start.TotalMinutes)], [.. result.Series.Select(interval => interval.Latency.Quantile(0.5) / 1e9 ?? double.NaN)]) is { } seconds)
            yield return $"The median latency grew by {Seconds(seconds)} a minute, all through the test.";
    }

    public static IEnumerable<string> OfSwitching(LoadTestResult result)
    {
        if (Rising([.. result.Series.Select(interval => interval.Start.TotalMinutes)], [.. result.Series.Select(interval => interval.Latency.Quantile(0.5) / 1e9 ?? double.NaN)]) is { } seconds)
            yield return $"A switch took longer and longer: its median grew by {Seconds(seconds)} a minute.";
    }

    public static string Count(double count) => new Quantity(count, Unit.Count).Format();

    public static string Bytes(double bytes) => new Quantity(bytes, Unit.Bytes).Format();

    /// <summary>The rise a minute when there is one, and it is worth a word: over the whole test at least a tenth of the median.</summary>
    private static double? Rising(double[] minutes, double[] values)
    {
        Trend trend = RobustTrend.Fit(minutes, values, TrendConfidence);
        return trend is { Direction: TrendDirection.Rising, Slope: > 0 }
            && trend.Slope * (minutes.Max() - minutes.Min()) >= Quantile.Of(values, 0.5) / 10
                ? trend.Slope
                : null;
    }

    private static double? Median(LoadTestResult result) => result.Latency.Quantile(0.5) / 1e9;

    private static string Seconds(double? seconds) => new Quantity(seconds, Unit.Seconds).Format();

    private static string Number(double value) => new Quantity(value, Unit.None).Format();
}
