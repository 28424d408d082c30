namespace PerfKit.Statistics;

/// <summary>
/// The variance of a series at frequency zero: what n times the variance of a mean of n neighbors tends to. For independent
/// observations it is the variance; it is larger when neighbors are alike, and a season adds nothing to it.
/// </summary>
/// <remarks>
/// The spectral density of a fitted autoregression (K. N. Berk, "Consistent autoregressive spectral estimates", Annals of
/// Statistics 2 (1974), 489–502), fitted to the autocovariances by Durbin and Levinson's recursion (J. Durbin, "The fitting of
/// time-series models", Review of the International Statistical Institute 28 (1960), 233–244), its order chosen by Schwarz's
/// criterion.
/// </remarks>
internal static class LongRunVariance
{
    /// <summary>The largest order is this times the decimal logarithm of the count, but at most a quarter of the count.</summary>
    private const double LargestOrder = 10;

    /// <param name="residuals">About 0, in order of time.</param>
    public static double Of(ReadOnlySpan<double> residuals)
    {
        int count = residuals.Length;
        int orders = Math.Min(count / 4, (int)(LargestOrder * Math.Log10(count)));
        double[] covariances = Autocovariances(residuals, orders);

        double[] coefficients = new double[orders + 1];
        double[] former = new double[orders + 1];
        double variance = covariances[0], longRun = variance;
        double least = count * Math.Log(variance);
        for (int order = 1; order <= orders && variance > 0; order++)
        {
            double unexplained = covariances[order];
            for (int lag = 1; lag < order; lag++)
                unexplained -= coefficients[lag] * covariances[order - lag];

            double partial = unexplained / variance;
            coefficients.CopyTo(former, 0);
            coefficients[order] = partial;
            for (int lag = 1; lag < order; lag++)
                coefficients[lag] = former[lag] - partial * former[order - lag];

            variance *= 1 - partial * partial;
            double criterion = count * Math.Log(variance) + order * Math.Log(count);
            if (criterion < least)
                (least, longRun) = (criterion, AtFrequencyZero(variance, coefficients.AsSpan(1, order)));
        }

        return longRun;
    }

    private static double AtFrequencyZero(double variance, ReadOnlySpan<double> coefficients)
    {
        double gain = 1;
        foreach (double coefficient in coefficients)
            gain -= coefficient;
        return variance / (gain * gain);
    }

    /// <summary>With divisor n, which keeps the fitted autoregression stationary.</summary>
    private static double[] Autocovariances(ReadOnlySpan<double> residuals, int orders)
    {
        double[] covariances = new double[orders + 1];
        for (int lag = 0; lag <= orders; lag++)
        {
            double sum = 0;
            for (int i = lag; i < residuals.Length; i++)
                sum += residuals[i] * residuals[i - lag];
            covariances[lag] = sum / residuals.Length;
        }

        return covariances;
    }
}
