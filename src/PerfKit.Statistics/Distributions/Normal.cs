namespace PerfKit.Statistics;

/// <summary>The standard normal distribution, to about 14 digits, without tables of coefficients.</summary>
internal static class Normal
{
    /// <summary>Where the series and the continued fraction are equally quick.</summary>
    private const double SeriesLimit = 2.5;

    /// <summary>The probability of a value above <paramref name="z"/>, for z ≥ 0.</summary>
    public static double UpperTail(double z) => z < SeriesLimit ? 0.5 - Density(z) * Series(z) : Density(z) * ContinuedFraction(z);

    /// <summary>The z whose upper tail is <paramref name="probability"/>, from just above 0 to 0.5.</summary>
    public static double UpperQuantile(double probability)
    {
        // The tail falls and is convex for z ≥ 0, so Newton's steps from 0 never pass the root: they end when they stop growing.
        double z = 0;
        while (true)
        {
            double next = z + (UpperTail(z) - probability) / Density(z);
            if (!(next > z))
                return z;
            z = next;
        }
    }

    /// <summary>The probability of a value up to <paramref name="z"/>, whatever its sign.</summary>
    public static double Cumulative(double z) => z < 0 ? UpperTail(-z) : 1 - UpperTail(z);

    /// <summary>The z below which a value lies with <paramref name="probability"/>, between 0 and 1.</summary>
    public static double Quantile(double probability) =>
        probability < 0.5 ? -UpperQuantile(probability) : UpperQuantile(1 - probability);

    private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Abramowitz and Stegun 26.2.11: z + z³/3 + z⁵/(3·5) + …</summary>
    private static double Series(double z)
    {
        double term = z, sum = z;
        for (int odd = 3; term > sum * 1e-17; odd += 2)
        {
            term *= z * z / odd;
            sum += term;
        }

        return sum;
    }

    /// <summary>Abramowitz and Stegun 26.2.14: 1/(z + 1/(z + 2/(z + 3/(z + …)))), from the inside out.</summary>
    private static double ContinuedFraction(double z)
    {
        const int Depth = 120;          // at the limit above, 120 levels leave an error below 1e-16
        double value = z;
        for (int level = Depth; level >= 1; level--)
            value = z + level / value;
        return 1 / value;
    }
}
