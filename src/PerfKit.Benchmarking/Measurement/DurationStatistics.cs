using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>How long one operation took, over all measured iterations; nanoseconds. Immutable.</summary>
/// <remarks>
/// Where an iteration calls a short operation many times, its mean is one value here: then the quantiles are those of the
/// iterations, and single calls may have been slower.
/// </remarks>
public sealed record DurationStatistics
{
    /// <summary>Gets how many values there are, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the median.</summary>
    public required double MedianNanoseconds { get; init; }

    /// <summary>Gets the lower end of the median's confidence interval; <see langword="null"/> with too few values.</summary>
    public double? LowNanoseconds { get; init; }

    /// <summary>Gets the upper end of the median's confidence interval; <see langword="null"/> with too few values.</summary>
    public double? HighNanoseconds { get; init; }

    /// <summary>Gets the mean.</summary>
    public required double MeanNanoseconds { get; init; }

    /// <summary>Gets the standard deviation (n − 1); <see langword="null"/> with a single value.</summary>
    public double? DeviationNanoseconds { get; init; }

    /// <summary>Gets the least value.</summary>
    public required double MinNanoseconds { get; init; }

    /// <summary>Gets the greatest value.</summary>
    public required double MaxNanoseconds { get; init; }

    /// <summary>Gets the 95th percentile, interpolated.</summary>
    public required double P95Nanoseconds { get; init; }

    /// <summary>Gets the median, rounded to 100 ns.</summary>
    public TimeSpan Median => TimeSpan.FromTicks((long)Math.Round(MedianNanoseconds / 100));

    /// <summary>Gets half the width of the confidence interval as a part of the median; <see langword="null"/> without an interval.</summary>
    public double? RelativeHalfWidth => HighNanoseconds - LowNanoseconds is { } width
        ? width == 0 ? 0 : width / 2 / MedianNanoseconds
        : null;

    /// <summary>Gets the coefficient of variation: the deviation as a part of the mean.</summary>
    public double? Variation => MeanNanoseconds > 0 ? DeviationNanoseconds / MeanNanoseconds : null;

    /// <summary>Sums up values in any order; <see langword="null"/> when there are none.</summary>
    internal static DurationStatistics? Of(IReadOnlyCollection<double> nanoseconds, double confidence)
    {
        if (nanoseconds.Count == 0)
            return null;

        double[] sorted = [.. nanoseconds.Order()];
        double mean = sorted.Average();
        (double Low, double High)? interval = MedianInterval.Of(sorted, confidence);
        return new DurationStatistics
        {
            Count = sorted.Length,
            MedianNanoseconds = Quantile.Of(sorted, 0.5)!.Value,
            LowNanoseconds = interval?.Low,
            HighNanoseconds = interval?.High,
            MeanNanoseconds = mean,
            DeviationNanoseconds = sorted.Length < 2 ? null : Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1)),
            MinNanoseconds = sorted[0],
            MaxNanoseconds = sorted[^1],
            P95Nanoseconds = Quantile.Of(sorted, 0.95)!.Value,
        };
    }
}
