using System.Buffers;

namespace PerfKit.Statistics;

/// <summary>Finds a trend in a series that may hold outliers, ties, gaps and unevenly spaced points.</summary>
/// <remarks>
/// <para>
/// The slope is the Theil–Sen estimator with its confidence interval (P. K. Sen, "Estimates of the regression coefficient based
/// on Kendall's tau", JASA 63 (1968), 1379–1389): a quarter of the points may be arbitrarily wrong before it breaks.
/// The verdict is the Mann–Kendall test (H. B. Mann, Econometrica 13 (1945), 245–259; M. G. Kendall, Rank Correlation Methods,
/// 4th ed. 1975, ch. 4) in its normal approximation, with the correction for ties in values and times and for continuity.
/// </para>
/// <para>
/// The test takes points as independent. Neighboring samples of one process seldom are, which makes a p-value smaller than it
/// should be; block medians, and samples further apart, lessen that.
/// </para>
/// <para>All members are pure functions and safe to call from any thread.</para>
/// </remarks>
public static class RobustTrend
{
    /// <summary>The fewest points that get a verdict: with fewer, the normal approximation of the test is not to be trusted.</summary>
    public const int MinimumCount = 8;

    /// <summary>The most points that are compared pair by pair; a longer series is reduced to this many block medians.</summary>
    public const int MaximumCount = 400;

    /// <summary>Fits a slope and tests for a trend.</summary>
    /// <param name="times">When each value was taken, in any order and any unit. Not changed.</param>
    /// <param name="values">One value for each time. Not changed. A pair with a NaN or an infinity is ignored.</param>
    /// <param name="confidence">
    /// Between 0 and 1, both excluded. The interval covers the true slope with this probability, and a direction is given only
    /// when the p-value is below 1 − <paramref name="confidence"/>.
    /// </param>
    /// <returns>
    /// The trend. More than <see cref="MaximumCount"/> points are first sorted by time and cut into <see cref="MaximumCount"/>
    /// blocks of (nearly) equal count; each block then counts as one point, at its median time and median value.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="times"/> and <paramref name="values"/> differ in length.</exception>
    public static Trend Fit(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double confidence = 0.95)
    {
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is between 0 and 1, both excluded.");
        if (times.Length != values.Length)
            throw new ArgumentException($"There are {times.Length} times but {values.Length} values.", nameof(values));

        Series given = Series.Sorted(times, values);
        Series series = given.Count > MaximumCount ? given.BlockMedians(MaximumCount) : given;

        double[] rented = ArrayPool<double>.Shared.Rent(series.Count * (series.Count - 1) / 2);
        try
        {
            Span<double> slopes = rented.AsSpan(0, series.Slopes(rented));
            slopes.Sort();
            return Judge(given.Count, series, slopes, confidence);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private static Trend Judge(int count, Series series, ReadOnlySpan<double> sortedSlopes, double confidence)
    {
        double? slope = Finite(Quantile.OfSorted(sortedSlopes, 0.5));
        if (count < MinimumCount || sortedSlopes.IsEmpty)
            return new Trend { Direction = TrendDirection.Unknown, Slope = slope, Count = count };

        MannKendall test = MannKendall.Of(series);
        (double? low, double? high) = Interval(sortedSlopes, test.Variance, confidence);
        return new Trend
        {
            Direction = test.PValue >= 1 - confidence ? TrendDirection.Flat
                : test.Score > 0 ? TrendDirection.Rising : TrendDirection.Falling,
            Slope = slope,
            SlopeLow = low,
            SlopeHigh = high,
            PValue = test.PValue,
            Count = count,
        };
    }

    /// <summary>
    /// Sen 1968: with N ordered slopes and C the quantile of the test's score, the interval goes from the slope of rank
    /// (N − C) / 2 to the one of rank (N + C) / 2 + 1, counted from 1. Ranks are rounded outward, so the interval is never
    /// narrower than was asked for; a rank that does not exist means the slope is not bounded on that side.
    /// </summary>
    private static (double? Low, double? High) Interval(ReadOnlySpan<double> sortedSlopes, double variance, double confidence)
    {
        double spread = Normal.UpperQuantile((1 - confidence) / 2) * Math.Sqrt(variance);
        int rank = (int)Math.Floor((sortedSlopes.Length - spread) / 2);
        return rank < 1 ? (null, null) : (Finite(sortedSlopes[rank - 1]), Finite(sortedSlopes[^rank]));
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
