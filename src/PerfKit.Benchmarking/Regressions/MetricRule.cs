using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>How a metric is judged.</summary>
/// <param name="HigherIsBetter">Whether less of it is worse, as with throughput.</param>
/// <param name="IsExact">
/// Whether equal code gives equal figures, as with allocated bytes and counts: then any change for the worse counts, without statistics.
/// </param>
/// <param name="Tolerance">The share by which an exact metric may get worse without counting; at least 0. 0.01 is 1 %.</param>
public sealed record MetricRule(bool HigherIsBetter = false, bool IsExact = false, double Tolerance = 0)
{
    private static readonly string[] Better = [BenchmarkMetrics.Throughput, "success", "per_second", "hit_rate"];
    private static readonly string[] Exact = [BenchmarkMetrics.Allocated, "failed", "errors", "exceptions"];

    /// <summary>Parts of names whose figures describe a measurement and are neither better nor worse.</summary>
    private static readonly string[] Descriptive =
    [
        BenchmarkMetrics.DurationLow, BenchmarkMetrics.DurationHigh, BenchmarkMetrics.DurationMean, BenchmarkMetrics.DurationDeviation,
        BenchmarkMetrics.DurationMin, BenchmarkMetrics.DurationMax, BenchmarkMetrics.DurationCount, BenchmarkMetrics.MeasuredTime,
        BenchmarkMetrics.OnProcess, BenchmarkMetrics.Started, BenchmarkMetrics.StoppedBy, LoadMetrics.GeneratorPrefix,
        BenchmarkDotNetMetrics.StandardError, BenchmarkDotNetMetrics.Iterations,
    ];

    /// <summary>Gives the rule that a metric's name and unit suggest.</summary>
    /// <param name="metric">The name; words in it such as <c>throughput</c>, <c>success</c> or <c>allocated</c> tell.</param>
    /// <param name="unit">The unit; one per second (<c>…/s</c>) is throughput.</param>
    /// <returns>
    /// Lower is better and noise is expected, unless name or unit say otherwise; <see langword="null"/> for what is not judged: figures that
    /// describe the measurement itself, such as how many operations it took.
    /// </returns>
    public static MetricRule? Suggested(string metric, string unit)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(unit);
        if (metric is BenchmarkMetrics.Operations or "" || Holds(metric, Descriptive))
            return null;

        bool better = unit.EndsWith("/s", StringComparison.OrdinalIgnoreCase) || Holds(metric, Better);
        return new MetricRule(HigherIsBetter: better, IsExact: !better && Holds(metric, Exact));
    }

    private static bool Holds(string metric, string[] words) => words.Any(word => metric.Contains(word, StringComparison.OrdinalIgnoreCase));
}
