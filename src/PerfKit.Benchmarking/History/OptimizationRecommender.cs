using System.Globalization;
using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Makes a plan of what the history says should be repaired: regressions to undo, and limits to get under.</summary>
/// <remarks>
/// A saving is what going back to a level that was measured, or to a limit that was set, would give: nothing is promised beyond that. Immutable and
/// safe to call from any thread.
/// </remarks>
public sealed class OptimizationRecommender
{
    private const double CriticalImpact = 50;

    private readonly RegressionDetector _detector;
    private readonly BottleneckIdentifier _identifier;

    /// <summary>Creates a recommender.</summary>
    /// <param name="detector"><see langword="null"/> for one with the defaults.</param>
    /// <param name="identifier"><see langword="null"/> for one with the defaults.</param>
    public OptimizationRecommender(RegressionDetector? detector = null, BottleneckIdentifier? identifier = null)
    {
        _detector = detector ?? new RegressionDetector(new RegressionOptions { StatesPower = false });
        _identifier = identifier ?? new BottleneckIdentifier();
    }

    /// <summary>Makes the plan.</summary>
    /// <param name="store">The history.</param>
    /// <param name="query">Which figures, for example of one application and branch.</param>
    /// <param name="ct">Cancels the queries.</param>
    /// <returns>The plan; without steps when nothing is worse and every limit is kept.</returns>
    public async Task<OptimizationPlan> RecommendAsync(IPerformanceStore store, MetricQuery query, CancellationToken ct = default)
    {
        IReadOnlyList<RegressionVerdict> verdicts = await _detector.JudgeNewestAsync(store, query, ct).ConfigureAwait(false);
        IReadOnlyList<HistoryBottleneck> bottlenecks = await _identifier.IdentifyAsync(store, query, ct).ConfigureAwait(false);
        Dictionary<(string, string), double> durations = Durations(await store.QueryMetricsAsync(query, ct).ConfigureAwait(false));

        OptimizationStep[] steps =
        [
            .. verdicts.Where(verdict => verdict.Outcome == RegressionOutcome.Regression).Select(Undo),
            .. bottlenecks.Select(bottleneck => GetUnder(bottleneck, durations)),
        ];
        return new OptimizationPlan
        {
            Steps = [.. steps.OrderByDescending(step => step.Severity).ThenByDescending(step => step.SavedSeconds ?? 0).ThenByDescending(step => step.Saving)],
            EstimatedImprovement = Together(steps, durations),
        };
    }

    private static OptimizationStep Undo(RegressionVerdict verdict)
    {
        RunMetric figure = verdict.Newest.Figure;
        CommitRange range = verdict.Range!;
        string since = range.FirstBad.Commit is { } bad ? $"commit {bad}" : string.Create(CultureInfo.InvariantCulture, $"{range.FirstBad.FinishedAt:yyyy-MM-dd HH:mm}");
        double saving = verdict.Ratio is { } ratio ? 1 - 1 / ratio : 1;
        double? seconds = IsDuration(figure) ? (verdict.LevelAfter - verdict.LevelBefore) * TimeUnit.Seconds(figure.Unit) : null;
        string cause = verdict.MovedWith is [var first, ..] ? $", and begin with {first.Metric}, which moved with it" : "";
        return new OptimizationStep(
            figure.Service, figure.Operation, verdict.Severity!.Value, $"Undo what made {figure.Metric} worse up to {since}{cause}.", saving, seconds, verdict.Sentence);
    }

    private static OptimizationStep GetUnder(HistoryBottleneck it, Dictionary<(string, string), double> durations)
    {
        string action = it.Kind switch
        {
            HistoryBottleneckKind.Duration => "Profile it and shorten its longest part.",
            HistoryBottleneckKind.Memory => "Allocate less: reuse buffers, stream, or process in parts.",
            HistoryBottleneckKind.Variance => "Find what differs from run to run: collections, caches, neighbors on the machine.",
            _ => "Repair the failures first: a failed operation's duration means nothing.",
        };
        double saving = 1 - it.Limit / it.Level;
        return new OptimizationStep(
            it.Service,
            it.Operation,
            it.Impact >= CriticalImpact ? RegressionSeverity.Critical : RegressionSeverity.Minor,
            action,
            saving,
            it.Kind == HistoryBottleneckKind.Duration ? saving * durations[(it.Service, it.Operation)] : null,
            string.Create(CultureInfo.InvariantCulture, $"{it.Kind} of {it.Service}{(it.Operation.Length > 0 ? " / " : "")}{it.Operation}: {it.Level:G4} {it.Unit} over the limit of {it.Limit:G4} {it.Unit}, median of {it.Runs} runs."));
    }

    /// <summary>Two steps for one operation save what the larger one saves: they may be the same milliseconds.</summary>
    private static double? Together(OptimizationStep[] steps, Dictionary<(string, string), double> durations)
    {
        double total = durations.Values.Sum();
        double saved = steps
            .Where(step => step.SavedSeconds is not null && durations.ContainsKey((step.Service, step.Operation)))
            .GroupBy(step => (step.Service, step.Operation))
            .Sum(group => Math.Min(durations[group.Key], group.Max(step => step.SavedSeconds!.Value)));
        return total > 0 ? saved / total : null;
    }

    /// <summary>The newest duration of each operation, in seconds.</summary>
    private static Dictionary<(string Service, string Operation), double> Durations(IReadOnlyList<MetricPoint> points) => points
        .Where(point => IsDuration(point.Figure))
        .GroupBy(point => (point.Figure.Service, point.Figure.Operation))
        .ToDictionary(group => group.Key, group => group.TakeLast(5).Select(it => it.Figure.Value * TimeUnit.Seconds(it.Figure.Unit)!.Value).Order().ElementAt(Math.Min(5, group.Count()) / 2));

    private static bool IsDuration(RunMetric figure) => figure.Metric is BenchmarkMetrics.Duration or BenchmarkDotNetMetrics.Median && TimeUnit.Seconds(figure.Unit) is not null;
}
