namespace PerfKit.Statistics;

/// <summary>How much of each value is remembered from those before it.</summary>
/// <remarks>
/// Durbin and Levinson's recursion on the autocorrelations of normal scores, which outliers hardly move; the order by Akaike's criterion
/// (H. Akaike, "A new look at the statistical model identification", IEEE Transactions on Automatic Control 19 (1974), 716–723).
/// An estimate from few values is too small; a first-order one is raised by (1 + 3φ)/n (F. H. C. Marriott, J. A. Pope, "Bias in the
/// estimation of autocorrelations", Biometrika 41 (1954), 390–402).
/// </remarks>
internal sealed class Autoregression
{
    private const int LargestOrder = 3;
    private const double LargestSum = 0.98;

    private readonly double[] _coefficients;
    private readonly int _count;

    private Autoregression(double[] coefficients, int count)
    {
        _coefficients = coefficients;
        _count = count;
    }

    public int Order => _coefficients.Length;

    /// <summary>Gets the sum of the coefficients: 0 is no memory, near 1 a wave so slow that it looks like a change.</summary>
    public double Sum => _coefficients.Sum();

    /// <summary>Gets the standard error of <see cref="Sum"/> were the order one: √((1 − φ²)/n).</summary>
    public double StandardError => Math.Sqrt((1 - Sum * Sum) / _count);

    public static Autoregression Of(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double[] scores = new double[values.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            int low = LowerBound(sorted, values[i]), high = low;
            while (high < sorted.Length && sorted[high] == values[i])
                high++;
            scores[i] = Normal.Quantile((low + high) / 2.0 / sorted.Length);
        }

        double[] coefficients = Fit(scores);
        double sum = coefficients.Sum();

        // Neighbors that are unlike make means steadier; to count on that would be bold.
        return sum > 0
            ? new Autoregression(coefficients, scores.Length).WithSum(sum + (1 + 3 * sum) / scores.Length)
            : new Autoregression([], scores.Length);
    }

    /// <summary>The same, with more or less memory of the value just before.</summary>
    public Autoregression WithSum(double sum)
    {
        double added = Math.Clamp(sum, 0, LargestSum) - Sum;
        double first = Order > 0 ? _coefficients[0] : 0;
        return added + first == 0 ? this : new Autoregression([first + added, .. _coefficients.Skip(1)], _count);
    }

    public double Innovation(ReadOnlySpan<double> values, int index) => values[index] - Remembered(values, index);

    public double Remembered(ReadOnlySpan<double> values, int index)
    {
        double remembered = 0;
        for (int lag = 1; lag <= _coefficients.Length; lag++)
            remembered += _coefficients[lag - 1] * values[index - lag];
        return remembered;
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

    private static int LowerBound(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
