namespace PerfKit.Statistics;

/// <summary>What the memory of a reference may be, and how likely each is.</summary>
/// <remarks>
/// An estimate from few values is too small, because they lie around their own mean, and it is far from sure. So none is made: every sum of
/// coefficients from 0 on is weighed by its restricted likelihood (Y.-H. K. Cheang, G. C. Reinsel, "Bias reduction of autoregressive estimates
/// in time series regression model through restricted maximum likelihood", Journal of the American Statistical Association 95 (2000),
/// 1173–1184). That neighbors are unlike makes means steadier; to count on it would be bold, hence no sum below 0.
/// </remarks>
internal sealed class LikelyMemory
{
    private const double Spacing = 0.01;

    private readonly Autoregression _fitted;
    private readonly double[] _weights;     // of sums from 0 on
    private readonly double _total;

    private LikelyMemory(double[] scores)
    {
        _fitted = Autoregression.Of(scores);
        _weights = new double[(int)(Autoregression.LargestSum / Spacing) + 1];
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] = _fitted.WithSum(i * Spacing).RestrictedLogLikelihood(scores);
        double most = _weights.Max();
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] = Math.Exp(_weights[i] - most);
        _total = _weights.Sum();
    }

    /// <summary>Gets the mean of what is likely.</summary>
    public Autoregression Mean => Between(0, 1);

    public static LikelyMemory Of(ReadOnlySpan<double> values) => new(NormalScores(values));

    /// <summary>The mean of what is likely between two quantiles.</summary>
    public Autoregression Between(double low, double high) => _fitted.WithSum(MeanBetween(low * _total, high * _total));

    /// <summary>The mean of the sums between two cumulated weights.</summary>
    private double MeanBetween(double from, double to)
    {
        double before = 0, mean = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            double part = Math.Max(0, Math.Min(to, before + _weights[i]) - Math.Max(from, before));
            mean += part * i * Spacing;
            before += _weights[i];
        }

        return mean / (to - from);
    }

    private static double[] NormalScores(ReadOnlySpan<double> values)
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

        return scores;
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
