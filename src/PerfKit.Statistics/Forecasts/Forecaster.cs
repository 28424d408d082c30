namespace PerfKit.Statistics;

/// <summary>Carries a series on, with an interval.</summary>
/// <remarks>
/// The Theta method, the most accurate of the M3 competition's 24 (V. Assimakopoulos, K. Nikolopoulos, "The theta model: a decomposition approach to
/// forecasting", International Journal of Forecasting 16 (2000), 521–530), as simple exponential smoothing with half of the linear
/// trend as drift, and with that model's interval (R. J. Hyndman, B. Billah, "Unmasking the Theta method", ibid. 19 (2003),
/// 287–290). Smoothing is the weight with the least squared errors. Values far from their neighbors are drawn in first, as
/// <see cref="ChangePointDetector"/> does, around the robust trend. The interval takes errors as normal and the future as like the past: a change to come is not in it.
/// </remarks>
public static class Forecaster
{
    /// <summary>The fewest finite values that are carried on.</summary>
    public const int MinimumCount = 8;

    /// <summary>The furthest horizon.</summary>
    public const int MaximumHorizon = 1000;

    /// <summary>Neighbors on each side, and robust standard deviations from their median: Hampel's identifier, as for change points.</summary>
    private const int Reach = 4;
    private const double OutlierLimit = 3;

    /// <summary>Forecasts the values that follow a series.</summary>
    /// <param name="values">In order of time, equally spaced. Not changed; NaN and infinities are left out.</param>
    /// <param name="horizon">How many values to forecast, from 1 to <see cref="MaximumHorizon"/>.</param>
    /// <param name="confidence">How surely an interval covers its value: between 0 and 1, both excluded.</param>
    /// <returns>The forecasts, the next value first; empty when fewer than <see cref="MinimumCount"/> values are finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static IReadOnlyList<Forecast> Forecast(ReadOnlySpan<double> values, int horizon, double confidence = 0.95)
    {
        if (horizon is < 1 or > MaximumHorizon)
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon, $"A horizon is from 1 to {MaximumHorizon}.");
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is between 0 and 1, both excluded.");

        double[]? series = Cleaned(Sample.Finite(values));
        if (series is null)
            return [];

        double drift = SlopeOf(series) / 2;
        double weight = Smoothing.Best(series);
        (double level, double variance) = Smoothing.Run(series, weight);
        double decayed = (1 - Math.Pow(1 - weight, series.Length)) / weight;
        double reach = Normal.Quantile((1 + confidence) / 2);
        var forecasts = new Forecast[horizon];
        for (int i = 0; i < horizon; i++)
        {
            double value = level + drift * (i + decayed), width = reach * Math.Sqrt(variance * (1 + weight * weight * i));
            forecasts[i] = new Forecast(value, value - width, value + width);
        }

        return forecasts;
    }

    /// <summary>
    /// Draws outliers in, the robust trend taken out meanwhile: at the end of a steep series the median of the neighbors lags behind.
    /// <see langword="null"/> when there are too few values, or they are too large to tell them apart.
    /// </summary>
    private static double[]? Cleaned(double[] finite)
    {
        if (finite.Length < MinimumCount)
            return null;

        double[] times = [.. Enumerable.Range(0, finite.Length)];
        double slope = RobustTrend.Fit(times, finite).Slope ?? 0;
        Observations observations = Observations.Of([.. finite.Select((value, i) => value - slope * i)], Reach, OutlierLimit);
        return observations.Count < finite.Length
            ? null : [.. observations.Values.Select((value, i) => observations.Center + observations.Unit * value + slope * i)];
    }

    private static double SlopeOf(double[] values)
    {
        double middle = (values.Length - 1) / 2.0, products = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            products += (i - middle) * values[i];
            squares += (i - middle) * (i - middle);
        }

        return products / squares;
    }
}
