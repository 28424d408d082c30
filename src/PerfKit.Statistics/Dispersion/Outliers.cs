namespace PerfKit.Statistics;

/// <summary>Finds values that are far from the rest, each side by its own width.</summary>
/// <remarks>
/// A value is an outlier when it is further from the median than a limit times the width of its side: 1.4826 times the median of the distances
/// on that side (the median itself counts on both), so the long tail of durations does not make half of them outliers. Where more than half of a side is one value, that
/// median is 0, and the width is 1.2533 times the mean distance. The limit of 3.5 and the second
/// width are from B. Iglewicz, D. C. Hoaglin, How to Detect and Handle Outliers, ASQC 1993, chapter 3; the two sides from P. Rosenmai, "Using the
/// median absolute deviation to find outliers", 2013.
/// </remarks>
public static class Outliers
{
    /// <summary>The fewest finite values among which outliers are looked for.</summary>
    public const int MinimumCount = 5;

    /// <summary>√(π/2): makes the mean absolute deviation of normal values their standard deviation.</summary>
    private const double MeanConsistency = 1.2533141373155003;

    /// <summary>Finds the outliers of a sample.</summary>
    /// <param name="values">The sample, in any order. Not changed; NaN and infinities are ignored.</param>
    /// <param name="limit">How many widths from the median is too far; above 0.</param>
    /// <returns>
    /// The positions of the outliers in <paramref name="values"/>, ascending; empty when there are none, or fewer than
    /// <see cref="MinimumCount"/> values are finite.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is not above 0.</exception>
    public static IReadOnlyList<int> Find(ReadOnlySpan<double> values, double limit = 3.5)
    {
        if (!(limit > 0))
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "A limit is above 0.");

        double[] sorted = Sample.FiniteSorted(values);
        if (sorted.Length < MinimumCount)
            return [];

        double median = Quantile.OfSorted(sorted, 0.5)!.Value;
        double below = Width(sorted.Where(value => value <= median).Select(value => median - value));
        double above = Width(sorted.Where(value => value >= median).Select(value => value - median));
        var found = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            double distance = values[i] - median;
            if (double.IsFinite(values[i]) && (distance < 0 ? -distance > limit * below : distance > limit * above))
                found.Add(i);
        }

        return found;
    }

    private static double Width(IEnumerable<double> distances)
    {
        double[] sorted = [.. distances.Order()];
        double middle = Quantile.OfSorted(sorted, 0.5)!.Value;
        return middle > 0 ? Spread.NormalConsistency * middle : MeanConsistency * sorted.Average();
    }
}
