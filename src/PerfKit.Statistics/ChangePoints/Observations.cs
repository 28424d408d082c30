namespace PerfKit.Statistics;

/// <summary>The finite values of a series with their positions, free of outliers, with mean 0 and variance 1.</summary>
internal sealed class Observations
{
    /// <summary>1 / the 0.75 quantile of the normal distribution: makes the median absolute deviation a standard deviation.</summary>
    private const double NormalConsistency = 1.482602218505602;

    /// <summary>Half the distance from 1 to the next number: the relative error of one operation.</summary>
    private const double Rounding = 1.0 / (1L << 53);

    private Observations(int[] positions, double[] values, double center, double unit)
    {
        Positions = positions;
        Values = values;
        Center = center;
        Unit = unit;
    }

    public int Count => Positions.Length;

    /// <summary>Where each observation stands in the values as given: time, for a line.</summary>
    public int[] Positions { get; }

    public double[] Values { get; }

    /// <summary>A value as given is <see cref="Center"/> + <see cref="Unit"/> × the value here.</summary>
    public double Center { get; }

    /// <summary>0 when all values are alike.</summary>
    public double Unit { get; }

    public static Observations Of(ReadOnlySpan<double> given, int reach, double outlierLimit)
    {
        var positions = new List<int>(given.Length);
        double largest = 0;
        for (int i = 0; i < given.Length; i++)
        {
            if (double.IsFinite(given[i]))
            {
                positions.Add(i);
                largest = Math.Max(largest, Math.Abs(given[i]));
            }
        }

        double[] values = new double[positions.Count];
        if (largest == 0)
            return new Observations([.. positions], values, 0, 0);

        for (int i = 0; i < values.Length; i++)
            values[i] = given[positions[i]] / largest;        // sums of squares stay finite whatever the unit

        LimitOutliers(values, reach, outlierLimit);
        (double mean, double deviation) = Standardize(values);
        return new Observations([.. positions], values, mean * largest, deviation * largest);
    }

    /// <summary>
    /// Hampel's identifier (F. R. Hampel, "The influence curve and its role in robust estimation", JASA 69 (1974), 383–393;
    /// R. K. Pearson, "Outliers in process modeling and identification", IEEE Trans. Control Syst. Technol. 10 (2002), 55–63),
    /// with one scale for the whole series. A value beyond the limit is drawn in to it, not replaced.
    /// </summary>
    private static void LimitOutliers(double[] values, int reach, double limit)
    {
        if (double.IsPositiveInfinity(limit) || values.Length == 0)
            return;

        (double Low, double High)[] medians = RunningMedian.Of(values, reach);
        double[] distances = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            distances[i] = Math.Max(0, Math.Max(medians[i].Low - values[i], values[i] - medians[i].High));

        Array.Sort(distances);
        double most = limit * NormalConsistency * Quantile.OfSorted(distances, 0.5)!.Value;
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(values[i], medians[i].Low - most, medians[i].High + most);
    }

    private static (double Mean, double Deviation) Standardize(double[] values)
    {
        double mean = 0, squares = 0;
        foreach (double value in values)
            mean += value / values.Length;
        foreach (double value in values)
            squares += (value - mean) * (value - mean);

        double deviation = Math.Sqrt(squares / values.Length);
        if (deviation <= values.Length * Rounding)      // all alike, but for the mean's rounding
            deviation = 0;
        for (int i = 0; i < values.Length; i++)
            values[i] = deviation == 0 ? 0 : (values[i] - mean) / deviation;
        return (mean, deviation);
    }
}
