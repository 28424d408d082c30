namespace PerfKit.Statistics;

/// <summary>How much of each value is remembered from those before it.</summary>
/// <remarks>
/// Durbin and Levinson's recursion on the autocorrelations of normal scores, which outliers hardly move; the order by Akaike's criterion
/// (H. Akaike, "A new look at the statistical model identification", IEEE Transactions on Automatic Control 19 (1974), 716–723). The sum of
/// the coefficients, which decides how much the newest values prove, is not taken from there: <see cref="LikelyMemory"/> weighs what it may be.
/// </remarks>
internal sealed class Autoregression
{
    private const int LargestOrder = 3;

    /// <summary>Nearer to 1 nothing would ever be proved.</summary>
    public const double LargestSum = 0.98;

    private readonly double[] _coefficients;

    private Autoregression(double[] coefficients) => _coefficients = coefficients;

    public int Order => _coefficients.Length;

    /// <summary>Gets the sum of the coefficients: 0 is no memory, near 1 a wave so slow that it looks like a change.</summary>
    public double Sum => _coefficients.Sum();

    /// <summary>What fits normal scores best.</summary>
    public static Autoregression Of(double[] scores) => new(Fit(scores));

    /// <summary>The same, with more or less memory of the value just before.</summary>
    public Autoregression WithSum(double sum)
    {
        double added = Math.Clamp(sum, 0, LargestSum) - Sum;
        double first = Order > 0 ? _coefficients[0] : 0;
        return added + first == 0 ? this : new Autoregression([first + added, .. _coefficients.Skip(1)]);
    }

    public double Innovation(ReadOnlySpan<double> values, int index) => values[index] - Remembered(values, index);

    public double Remembered(ReadOnlySpan<double> values, int index)
    {
        double remembered = 0;
        for (int lag = 1; lag <= _coefficients.Length; lag++)
            remembered += _coefficients[lag - 1] * values[index - lag];
        return remembered;
    }

    /// <summary>
    /// The logarithm of the restricted likelihood of values, up to a constant: what is left when mean and variance, which nobody knows, are
    /// integrated out. Exact for the first order; of higher ones, the values with fewer before them are taken with those there are.
    /// </summary>
    public double RestrictedLogLikelihood(ReadOnlySpan<double> values)
    {
        double sum = 0, information = 0, squares = 0, left = 1;
        for (int i = 0; i < values.Length; i++)
        {
            double innovation = values[i];
            for (int lag = 1; lag <= Math.Min(i, Order); lag++)
                innovation -= _coefficients[lag - 1] * values[i - lag];
            if (i > 0 && i <= Order)
                left -= _coefficients[i - 1];           // of a level, in an innovation
            double weight = i == 0 ? 1 - Sum * Sum : 1;
            squares += weight * innovation * innovation;
            sum += weight * left * innovation;
            information += weight * left * left;
        }

        double residual = squares - sum * sum / information;
        return residual > 0        // values all alike tell nothing
            ? (Math.Log(1 - Sum * Sum) - Math.Log(information) - (values.Length - 1) * Math.Log(residual)) / 2 : 0;
    }

    /// <summary>What is left of a shape (how far the level has moved, from its first position on) in each innovation.</summary>
    public double[] Filtered(ReadOnlySpan<double> shape)
    {
        double[] filtered = shape.ToArray();
        for (int i = 0; i < filtered.Length; i++)
        {
            for (int lag = 1; lag <= Math.Min(i, _coefficients.Length); lag++)
                filtered[i] -= _coefficients[lag - 1] * shape[i - lag];
        }

        return filtered;
    }

    private static double[] Fit(double[] scores)
    {
        int orders = Math.Min(LargestOrder, scores.Length / 8);
        double[] correlations = new double[orders + 1];
        for (int lag = 0; lag <= orders; lag++)
        {
            for (int i = lag; i < scores.Length; i++)
                correlations[lag] += scores[i] * scores[i - lag];
        }

        if (correlations[0] == 0)
            return [];

        double[] coefficients = [], best = [];
        double variance = correlations[0], least = scores.Length * Math.Log(variance);
        for (int order = 1; order <= orders; order++)
        {
            double unexplained = correlations[order];
            for (int lag = 1; lag < order; lag++)
                unexplained -= coefficients[lag - 1] * correlations[order - lag];
            double partial = unexplained / variance;
            double[] next = new double[order];
            for (int lag = 1; lag < order; lag++)
                next[lag - 1] = coefficients[lag - 1] - partial * coefficients[order - lag - 1];
            next[order - 1] = partial;
            coefficients = next;
            variance *= 1 - partial * partial;
            double criterion = scores.Length * Math.Log(variance) + 2 * order;
            if (criterion < least)
                (least, best) = (criterion, next);
        }

        return best;
    }
}
