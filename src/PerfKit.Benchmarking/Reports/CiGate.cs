using PerfKit.Reporting;

namespace PerfKit.Benchmarking;

/// <summary>Holds results against thresholds, history and baseline.</summary>
internal static class CiGate
{
    public static IReadOnlyList<CiFinding> Find(
        IReadOnlyList<BenchmarkResult> results,
        PerformanceConfiguration configuration,
        IReadOnlyList<RegressionVerdict> verdicts,
        BaselineComparison? baseline)
    {
        IEnumerable<CiFinding> found =
        [
            .. results.Where(result => result.Error is not null).Select(OfError),
            .. results.SelectMany(result => OfThresholds(result, configuration.ThresholdsOf(result.OperationType))),
            .. verdicts.Where(verdict => verdict.Outcome == RegressionOutcome.Regression).Select(OfVerdict),
            .. (baseline?.Regressions ?? []).Where(worse => !IsJudged(worse, verdicts)).Select(worse => OfBaseline(worse, configuration.Regressions)),
        ];
        return [.. found
            .Select(finding => finding with { FailsBuild = configuration.FailOn.Contains(finding.Kind) })
            .OrderByDescending(finding => finding.FailsBuild)];
    }

    public static Unit UnitOf(string unit) => unit switch
    {
        "s" => Unit.Seconds,
        "B" => Unit.Bytes,
        "1/s" => Unit.CountPerSecond,
        "cores" => Unit.Cores,
        "%" => Unit.Percent,
        _ => Unit.None,
    };

    private static CiFinding OfError(BenchmarkResult result) => new(
        BuildFailure.Error, result.Name, result.OperationType, "error",
        new Quantity(result.FailedOperations, Unit.Count), new Quantity(0, Unit.Count), $"{result.Name} failed: {result.Error}", false);

    private static IEnumerable<CiFinding> OfThresholds(BenchmarkResult result, OperationThresholds limits)
    {
        return ((IEnumerable<CiFinding?>)
        [
            AtMost(BenchmarkMetrics.Duration, result.Duration?.MedianNanoseconds / 1e9, limits.MaxDuration?.TotalSeconds, Unit.Seconds),
            AtMost(BenchmarkMetrics.PeakWorkingSet, result.PeakWorkingSetBytes ?? result.PeakManagedHeapBytes, limits.MaxMemoryBytes, Unit.Bytes),
            AtMost(BenchmarkMetrics.Allocated, result.AllocatedBytes, limits.MaxAllocatedBytes, Unit.Bytes),
            Broken(BenchmarkMetrics.SuccessRate, result.SuccessRate * 100, limits.MinSuccessRate * 100, Unit.Percent, "at least", isBroken: result.SuccessRate < limits.MinSuccessRate),
        ]).OfType<CiFinding>();

        CiFinding? AtMost(string measure, double? value, double? limit, Unit unit) => Broken(measure, value, limit, unit, "at most", value > limit);

        CiFinding? Broken(string measure, double? value, double? limit, Unit unit, string bound, bool isBroken)
        {
            (Quantity measured, Quantity allowed) = (new Quantity(value, unit), new Quantity(limit, unit));
            return isBroken
                ? new CiFinding(BuildFailure.Threshold, result.Name, result.OperationType, measure, measured, allowed,
                    $"{measure} of {result.Name} is {measured}; for {result.OperationType}, {bound} {allowed} is allowed.", false)
                : null;
        }
    }

    private static CiFinding OfVerdict(RegressionVerdict verdict)
    {
        (string name, string type, string metric, Unit unit) = (verdict.Newest.Figure.Service, verdict.Newest.Figure.Operation, verdict.Newest.Figure.Metric, UnitOf(verdict.Newest.Figure.Unit));
        BuildFailure kind = verdict.Severity switch
        {
            RegressionSeverity.Critical => BuildFailure.Critical,
            RegressionSeverity.Minor => BuildFailure.Minor,
            _ => BuildFailure.Slight,
        };
        return new CiFinding(kind, name, type, metric, new Quantity(verdict.LevelAfter, unit), new Quantity(verdict.LevelBefore, unit), verdict.Sentence, false);
    }

    private static CiFinding OfBaseline(BaselineRegression worse, RegressionOptions options) => new(
        worse.Ratio >= options.CriticalRatio ? BuildFailure.Critical : worse.Ratio >= options.MinorRatio ? BuildFailure.Minor : BuildFailure.Slight,
        worse.Name, worse.OperationType, worse.Metric, worse.Current, worse.Baseline, worse.Sentence, false);

    /// <summary>The history has said it already, with the commit where it began.</summary>
    private static bool IsJudged(BaselineRegression worse, IReadOnlyList<RegressionVerdict> verdicts) => verdicts.Any(verdict =>
        verdict.Outcome == RegressionOutcome.Regression
        && (verdict.Newest.Figure.Service, verdict.Newest.Figure.Operation, verdict.Newest.Figure.Metric) == (worse.Name, worse.OperationType, worse.Metric));
}
