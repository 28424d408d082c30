using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Describes the stored history of each metric: direction, change points, variation, outliers, and what comes next.</summary>
/// <remarks>
/// It describes and never fails a build: what the newest run means is <see cref="RegressionDetector"/>'s question. Safe to call from any thread.
/// </remarks>
public sealed class TrendAnalyzer
{
    private readonly Func<string, string, MetricRule?> _rule;

    /// <summary>Creates an analyzer.</summary>
    /// <param name="rule">Which direction is worse; <see langword="null"/> for <see cref="MetricRule.Suggested"/>.</param>
    public TrendAnalyzer(Func<string, string, MetricRule?>? rule = null) => _rule = rule ?? MetricRule.Suggested;

    /// <summary>Analyzes every metric that a query finds.</summary>
    /// <param name="store">The history.</param>
    /// <param name="query">Which figures, for example of one application and window.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>A trend for each metric and machine, those that get worse fastest first; empty when nothing matches.</returns>
    public async Task<IReadOnlyList<MetricTrend>> AnalyzeAsync(IPerformanceStore store, MetricQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        IReadOnlyList<MetricPoint> points = await store.QueryMetricsAsync(query, ct).ConfigureAwait(false);
        return [.. points
            .GroupBy(point => (point.Figure.Service, point.Figure.Operation, point.Figure.Metric, point.MachineFingerprint))
            .Where(group => _rule(group.Key.Metric, group.First().Figure.Unit) is not null)
            .Select(group => Analyze([.. group]))
            .OrderByDescending(trend => trend.IsWorse == true)
            .ThenByDescending(trend => Math.Abs(trend.ShareADay ?? 0))];
    }

    /// <summary>Analyzes the history of one metric on one machine.</summary>
    /// <param name="history">The figures, oldest first; not empty.</param>
    /// <returns>The trend.</returns>
    /// <exception cref="ArgumentException"><paramref name="history"/> is empty, or holds more than one metric or machine.</exception>
    public MetricTrend Analyze(IReadOnlyList<MetricPoint> history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Select(point => (point.Figure.Service, point.Figure.Operation, point.Figure.Metric, point.MachineFingerprint)).Distinct().Count() != 1)
            throw new ArgumentException("A trend is of one metric on one machine.", nameof(history));

        RunMetric figure = history[0].Figure;
        double[] values = [.. history.Select(point => point.Figure.Value)];
        double[] days = [.. history.Select(point => (point.FinishedAt - history[0].FinishedAt).TotalDays)];
        Trend trend = RobustTrend.Fit(days, values);
        double? median = Quantile.Of(values, 0.5);
        double[] around = [.. values.Select((value, i) => value - (trend.Slope ?? 0) * days[i])];
        return new MetricTrend
        {
            Service = figure.Service,
            Operation = figure.Operation,
            Metric = figure.Metric,
            Unit = figure.Unit,
            MachineFingerprint = history[0].MachineFingerprint,
            Runs = history.Count,
            Trend = trend,
            IsWorse = trend.Direction switch
            {
                TrendDirection.Rising => _rule(figure.Metric, figure.Unit)?.HigherIsBetter == false,
                TrendDirection.Falling => _rule(figure.Metric, figure.Unit)?.HigherIsBetter == true,
                _ => null,
            },
            ShareADay = median is { } level && level != 0 ? trend.Slope / Math.Abs(level) : null,
            Variation = median is { } center && center != 0 ? Spread.Robust(around) / Math.Abs(center) : null,
            ChangePoints = ChangePointDetector.Detect(values).ChangePoints,
            Outliers = Statistics.Outliers.Find(around),
            Next = Forecaster.Forecast(values, 1) is [var next] ? next : null,
        };
    }
}
