using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Tells which benchmark's which metric hurts most: duration, memory, variance, errors.</summary>
/// <remarks>
/// A figure's level is the median of its newest runs, at most thirty, on the machine of the newest one. Its impact is 100 × log₁₀(level / limit), at
/// most 100: so times, bytes and shares can be put in one order. Immutable and safe to call from any thread.
/// </remarks>
public sealed class BottleneckIdentifier
{
    private const int NewestRuns = 30;
    private const double MostImpact = 100;

    private readonly BottleneckLimits _limits;

    /// <summary>Creates an identifier.</summary>
    /// <param name="limits"><see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">A limit is out of range; the message names each, its value and what is allowed.</exception>
    public BottleneckIdentifier(BottleneckLimits? limits = null)
    {
        _limits = limits ?? new BottleneckLimits();
        _limits.Validate(nameof(limits));
    }

    /// <summary>Finds the bottlenecks among what a query finds.</summary>
    /// <param name="store">The history.</param>
    /// <param name="query">Which figures, for example of one application and window.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>The bottlenecks, the worst first; empty when every figure keeps its limit.</returns>
    public async Task<IReadOnlyList<HistoryBottleneck>> IdentifyAsync(IPerformanceStore store, MetricQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        IReadOnlyList<MetricPoint> points = await store.QueryMetricsAsync(query, ct).ConfigureAwait(false);
        return [.. points
            .GroupBy(point => (point.Figure.Service, point.Figure.Operation, point.Figure.Metric))
            .SelectMany(group => Of([.. group]))
            .OrderByDescending(bottleneck => bottleneck.Impact)
            .ThenBy(bottleneck => bottleneck.Service, StringComparer.Ordinal)];
    }

    private IEnumerable<HistoryBottleneck> Of(MetricPoint[] history)
    {
        string machine = history[^1].MachineFingerprint;
        RunMetric figure = history[^1].Figure;
        double[] values = [.. history.Where(point => point.MachineFingerprint == machine).TakeLast(NewestRuns).Select(point => point.Figure.Value)];
        double level = Quantile.Of(values, 0.5)!.Value;
        switch (figure.Metric)
        {
            case BenchmarkMetrics.Duration or BenchmarkDotNetMetrics.Median when TimeUnit.Seconds(figure.Unit) is { } seconds:
                if (Found(HistoryBottleneckKind.Duration, level, _limits.Duration.TotalSeconds / seconds, figure.Unit) is { } slow)
                    yield return slow;
                if (values.Length >= RobustTrend.MinimumCount && Spread.RobustCoefficientOfVariation(values) is { } variation
                    && Found(HistoryBottleneckKind.Variance, variation, _limits.Variation, "") is { } varied)
                    yield return varied;
                break;
            case BenchmarkMetrics.Allocated or BenchmarkMetrics.PeakWorkingSet or BenchmarkMetrics.PeakManagedHeap when figure.Unit == "B":
                if (Found(HistoryBottleneckKind.Memory, level, _limits.MemoryBytes, figure.Unit) is { } large)
                    yield return large;
                break;
            case BenchmarkMetrics.SuccessRate:
                if (Found(HistoryBottleneckKind.Errors, 1 - level, _limits.ErrorShare, "") is { } failing)
                    yield return failing;
                break;
        }

        HistoryBottleneck? Found(HistoryBottleneckKind kind, double reached, double limit, string unit) => !(reached > limit) ? null : new()
        {
            Service = figure.Service,
            Operation = figure.Operation,
            Kind = kind,
            Metric = figure.Metric,
            Level = reached,
            Unit = unit,
            Limit = limit,
            Impact = Math.Min(MostImpact, MostImpact * Math.Log10(reached / limit)),
            Runs = values.Length,
        };
    }
}
