namespace PerfKit.Statistics;

/// <summary>How widely a sample is spread, plainly and robustly.</summary>
/// <remarks>NaN and infinities are ignored. All members are pure functions and safe to call from any thread.</remarks>
public static class Spread
{
    /// <summary>1 / the 0.75 quantile of the normal distribution: makes the median absolute deviation of normal values their standard deviation.</summary>
    internal const double NormalConsistency = 1.482602218505602;

    /// <summary>Gets the standard deviation, with divisor n − 1, in the unit of the values.</summary>
    /// <param name="values">The sample, in any order.</param>
    /// <returns><see langword="null"/> when fewer than two values are finite, or it is too large for a <see cref="double"/>.</returns>
    public static double? StandardDeviation(ReadOnlySpan<double> values)
    {
        int count = 0;
        double mean = 0, squares = 0;       // B. P. Welford, Technometrics 4 (1962), 419–420: no difference of large sums
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                continue;

            count++;
            double distance = value - mean;
            mean += distance / count;
            squares += distance * (value - mean);
        }

        return count < 2 ? null : Finite(Math.Sqrt(squares / (count - 1)));
    }

    /// <summary>
    /// Gets 1.4826 times the median absolute deviation from the median: what <see cref="StandardDeviation"/> is for normal values,
    /// and nearly half of the sample may be arbitrarily wrong (F. R. Hampel, "The influence curve and its role in robust estimation", JASA 69 (1974),
    /// 383–393).
    /// </summary>
    /// <param name="values">The sample, in any order.</param>
    /// <returns>In the unit of the values; <see langword="null"/> when no value is finite. 0 when more than half of the values are one.</returns>
    public static double? Robust(ReadOnlySpan<double> values)
    {
        double[] sorted = Sample.FiniteSorted(values);
        if (Quantile.OfSorted(sorted, 0.5) is not { } median)
            return null;

        double[] distances = [.. sorted.Select(value => Math.Abs(value - median))];
        Array.Sort(distances);
        return Quantile.OfSorted(distances, 0.5) is { } middle ? Finite(NormalConsistency * middle) : null;
    }

    /// <summary>Gets the standard deviation as a share of the mean's size: 0.05 is 5 %.</summary>
    /// <param name="values">The sample, in any order; figures whose zero means "nothing", such as durations.</param>
    /// <returns><see langword="null"/> when fewer than two values are finite, or their mean is 0.</returns>
    public static double? CoefficientOfVariation(ReadOnlySpan<double> values)
    {
        double[] finite = Sample.Finite(values);
        return finite.Length > 0 && finite.Average() is var mean && mean != 0 ? Finite(StandardDeviation(finite) / Math.Abs(mean)) : null;
    }

    /// <summary>
    /// Gets <see cref="Robust"/> as a share of the median's size: the coefficient of variation that outliers do not move
    /// (C. N. P. G. Arachchige, L. A. Prendergast, R. G. Staudte, "Robust analogs to the coefficient of variation", Journal of
    /// Applied Statistics 49 (2022), 268–290).
    /// </summary>
    /// <param name="values">The sample, in any order; figures whose zero means "nothing", such as durations.</param>
    /// <returns><see langword="null"/> when no value is finite, or their median is 0.</returns>
    public static double? RobustCoefficientOfVariation(ReadOnlySpan<double> values) =>
        Quantile.Of(Sample.Finite(values), 0.5) is { } median && median != 0 ? Finite(Robust(values) / Math.Abs(median)) : null;

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
