using PerfKit.Reporting;

namespace PerfKit.Benchmarking;

/// <summary>A figure that is worse than its baseline by more than the threshold. Immutable.</summary>
/// <param name="Name">The benchmark.</param>
/// <param name="OperationType">Its operation type.</param>
/// <param name="Metric">What is worse: a name of <see cref="BenchmarkMetrics"/>.</param>
/// <param name="Baseline">The figure of the baseline.</param>
/// <param name="Current">The newest figure.</param>
/// <param name="ChangePercent">By how many percent it is worse; infinite from nothing.</param>
public sealed record BaselineRegression(
    string Name, string OperationType, string Metric, Quantity Baseline, Quantity Current, double ChangePercent)
{
    /// <summary>Gets how many times worse it is; infinite from nothing.</summary>
    public double Ratio => 1 + (ChangePercent / 100);

    /// <summary>Gets it in a sentence.</summary>
    public string Sentence => double.IsFinite(ChangePercent)
        ? $"{Metric} of {Name} went from {Baseline} to {Current}, {new Quantity(ChangePercent, Unit.Percent)} worse than the baseline."
        : $"{Metric} of {Name} went from {Baseline} to {Current}, where the baseline has none.";
}

/// <summary>Results beside a baseline. Immutable.</summary>
/// <remarks>
/// A duration is worse only when its confidence interval lies above that of the baseline as well: what noise explains is no
/// regression. Allocated bytes repeat exactly and need no interval. Against a whole history, <see cref="RegressionDetector"/> sees
/// far less than the threshold.
/// </remarks>
public sealed record BaselineComparison
{
    /// <summary>Gets what is worse, most first.</summary>
    public required IReadOnlyList<BaselineRegression> Regressions { get; init; }

    /// <summary>Gets how many benchmarks were compared.</summary>
    public required int Compared { get; init; }

    /// <summary>Gets the benchmarks that have no baseline on this machine, or had no figures now.</summary>
    public required IReadOnlyList<string> NotCompared { get; init; }

    internal static BaselineComparison Of(IReadOnlyList<BenchmarkResult> baseline, IReadOnlyList<BenchmarkResult> results, double thresholdPercent)
    {
        var regressions = new List<BaselineRegression>();
        var notCompared = new List<string>();
        foreach (BenchmarkResult after in results)
        {
            BenchmarkResult? before = baseline.FirstOrDefault(it => (it.Name, it.OperationType) == (after.Name, after.OperationType));
            if (before?.Duration is null || after.Duration is null)
                notCompared.Add(after.Name);
            else
                regressions.AddRange(Compare(before, after).Where(worse => worse.ChangePercent > thresholdPercent));
        }

        return new BaselineComparison
        {
            Regressions = [.. regressions.OrderByDescending(worse => worse.ChangePercent)],
            Compared = results.Count - notCompared.Count,
            NotCompared = notCompared,
        };
    }

    private static IEnumerable<BaselineRegression> Compare(BenchmarkResult before, BenchmarkResult after)
    {
        bool isBeyondNoise = after.Duration!.LowNanoseconds is not { } low || before.Duration!.HighNanoseconds is not { } high || low > high;
        if (isBeyondNoise)
            yield return Worse(BenchmarkMetrics.Duration, before.Duration!.MedianNanoseconds / 1e9, after.Duration.MedianNanoseconds / 1e9, Unit.Seconds);

        // The process's allocations are everybody's; only a thread's repeat.
        if (before.AllocatedBytes is { } few && after.AllocatedBytes is { } many && before.MeasuredOn == MeasuredOn.Thread && after.MeasuredOn == MeasuredOn.Thread)
            yield return Worse(BenchmarkMetrics.Allocated, few, many, Unit.Bytes);

        BaselineRegression Worse(string metric, double from, double to, Unit unit) => new(
            after.Name, after.OperationType, metric, new Quantity(from, unit), new Quantity(to, unit),
            from > 0 ? ((to / from) - 1) * 100 : to > 0 ? double.PositiveInfinity : 0);
    }
}
