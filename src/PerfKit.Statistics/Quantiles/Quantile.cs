using System.Buffers;

namespace PerfKit.Statistics;

/// <summary>Sample quantiles.</summary>
/// <remarks>All members are pure functions and safe to call from any thread.</remarks>
public static class Quantile
{
    /// <summary>
    /// Returns the sample quantile by linear interpolation between order statistics: definition 7 of Hyndman and Fan,
    /// "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), 361–365.
    /// </summary>
    /// <param name="values">The sample, in any order. It is not changed; NaN is ignored.</param>
    /// <param name="probability">From 0 (the minimum) to 1 (the maximum), both included.</param>
    /// <returns>
    /// The quantile in the unit of <paramref name="values"/>; <see langword="null"/> when the sample is empty or all NaN,
    /// or when the quantile lies between negative and positive infinity.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1] or NaN.</exception>
    public static double? Of(ReadOnlySpan<double> values, double probability)
    {
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is from 0 to 1.");

        double[] rented = ArrayPool<double>.Shared.Rent(values.Length);
        try
        {
            int count = 0;
            foreach (double value in values)
            {
                if (!double.IsNaN(value))
                    rented[count++] = value;
            }

            Span<double> sample = rented.AsSpan(0, count);
            sample.Sort();
            return OfSorted(sample, probability);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>As <see cref="Of"/>, for a sample that is sorted, free of NaN, and a probability known to be in range.</summary>
    internal static double? OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty)
            return null;

        // The paper counts from 1: the quantile is at position 1 + (n − 1) p. Indexes here count from 0.
        double position = (sorted.Length - 1) * probability;
        int index = (int)position;
        double lower = sorted[index];
        double fraction = position - index;
        if (fraction == 0 || lower == sorted[index + 1])
            return lower;

        double upper = sorted[index + 1];
        double distance = upper - lower;
        double quantile = double.IsFinite(distance)
            ? Math.Min(lower + fraction * distance, upper)      // rounding must not pass the next order statistic
            : lower * (1 - fraction) + upper * fraction;        // the distance overflowed, or an end is infinite
        return double.IsNaN(quantile) ? null : quantile;
    }
}
