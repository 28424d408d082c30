namespace PerfKit.Statistics;

/// <summary>The result of <see cref="RobustTrend.Fit"/>. Slopes are in value units for each time unit.</summary>
public sealed record Trend
{
    /// <summary>Gets the verdict of the Mann–Kendall test at the confidence that was asked for.</summary>
    /// <value>It follows the test, not <see cref="Slope"/>: a series with many ties can rise while its median slope is 0.</value>
    public required TrendDirection Direction { get; init; }

    /// <summary>Gets the Theil–Sen slope: the median of the slopes between all pairs of points.</summary>
    /// <value><see langword="null"/> when no two points differ in time, or when the slope is too large for a <see cref="double"/>.</value>
    public double? Slope { get; init; }

    /// <summary>Gets the lower end of Sen's confidence interval of the slope.</summary>
    /// <value><see langword="null"/> when there are too few points to bound the slope at the confidence asked for.</value>
    public double? SlopeLow { get; init; }

    /// <summary>Gets the upper end of Sen's confidence interval of the slope.</summary>
    /// <value><see langword="null"/> when there are too few points to bound the slope at the confidence asked for.</value>
    public double? SlopeHigh { get; init; }

    /// <summary>Gets the two-sided p-value of the Mann–Kendall test, from 0 to 1.</summary>
    /// <value><see langword="null"/> when <see cref="Direction"/> is <see cref="TrendDirection.Unknown"/>.</value>
    public double? PValue { get; init; }

    /// <summary>Gets the number of points given whose time and value are finite.</summary>
    /// <value>Counted before a long series is reduced to block medians.</value>
    public required int Count { get; init; }
}
