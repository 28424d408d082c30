namespace PerfKit.Statistics;

/// <summary>Simple exponential smoothing (R. J. Hyndman et al., Forecasting with Exponential Smoothing, 2008, section 2.3), begun at the first value.</summary>
internal static class Smoothing
{
    private const double Least = 0.01, Step = 0.01;

    /// <summary>The weight of the newest value, from 0.01 to 1, whose one-step errors are the smallest.</summary>
    public static double Best(double[] values)
    {
        double best = Least, least = double.PositiveInfinity;
        for (int i = 0; i < 100; i++)
        {
            double weight = Least + i * Step, variance = Run(values, weight).Variance;
            if (variance < least)
                (best, least) = (weight, variance);
        }

        return best;
    }

    /// <summary>The level after the last value, and the mean squared error of one step.</summary>
    public static (double Level, double Variance) Run(double[] values, double weight)
    {
        double level = values[0], squares = 0;
        foreach (double value in values.AsSpan(1))
        {
            double error = value - level;
            squares += error * error;
            level += weight * error;
        }

        return (level, squares / (values.Length - 1));
    }
}
