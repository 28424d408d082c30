namespace PerfKit.Statistics;

/// <summary>
/// What is known of a series from the values before the newest ones: its level, how each value remembers those before it, and how what is new in
/// each value is distributed.
/// </summary>
/// <remarks>
/// Innovations are turned into normal scores by their rank among those of the reference (B. L. van der Waerden, "Order tests for
/// the two-sample problem and their power", Indagationes Mathematicae 14 (1952), 453–458), so that heavy tails, skewness and
/// several modes are all one case. Beyond the reference the tail goes on as Student's t with three degrees of freedom does, its exponent being
/// the least that has a variance; no score passes <see cref="LargestScore"/>.
/// </remarks>
internal sealed class ReferenceNoise
{
    /// <summary>So that one value, however far out, is no proof: it weighs 2.5 standard deviations, a false alarm in 161.</summary>
    public const double LargestScore = 2.5;

    private const double TailExponent = 3;

    /// <summary>From the probability that a score leaves in a tail, by the number of values below and equal, doubled.</summary>
    private readonly double[] _scores;
    private readonly double[] _sorted;
    private readonly double _median;

    private ReferenceNoise(double[] innovations, Autoregression memory, double level, double width)
    {
        _sorted = innovations;
        Array.Sort(_sorted);
        _median = Quantile.OfSorted(_sorted, 0.5)!.Value;
        Memory = memory;
        Level = level;
        Width = width;
        _scores = new double[2 * Count + 1];
        for (int i = 0; i < _scores.Length; i++)
            _scores[i] = Clamped(Normal.Quantile((i + 1.0) / (2 * Count + 2)));
    }

    /// <summary>Gets how many innovations the reference has.</summary>
    public int Count => _sorted.Length;

    public Autoregression Memory { get; }

    /// <summary>Gets the median of the reference.</summary>
    public double Level { get; }

    /// <summary>Gets the robust standard deviation of the values of the reference.</summary>
    public double Width { get; }

    public ReadOnlySpan<double> Innovations => _sorted;

    public static ReferenceNoise Of(ReadOnlySpan<double> reference, Autoregression memory)
    {
        double[] sorted = reference.ToArray();
        Array.Sort(sorted);
        int order = memory.Order;
        double[] innovations = new double[reference.Length - order];
        for (int i = 0; i < innovations.Length; i++)
            innovations[i] = memory.Innovation(reference, i + order);
        return new ReferenceNoise(innovations, memory, Quantile.OfSorted(sorted, 0.5)!.Value, Spread.Robust(reference)!.Value);
    }

    public double Score(double innovation)
    {
        int below = LowerBound(innovation), notAbove = below;
        while (notAbove < _sorted.Length && _sorted[notAbove] == innovation)
            notAbove++;
        if (below == _sorted.Length)
            return Beyond(_sorted[^1] - _median, innovation - _median);
        return notAbove == 0 ? -Beyond(_median - _sorted[0], _median - innovation) : _scores[below + notAbove];
    }

    private double Beyond(double edge, double distance)
    {
        double tail = 0.5 / (Count + 1) * Math.Pow(edge / distance, TailExponent);
        return tail > 0 ? Math.Min(LargestScore, Normal.UpperQuantile(tail)) : LargestScore;
    }

    private static double Clamped(double score) => Math.Clamp(score, -LargestScore, LargestScore);

    private int LowerBound(double value)
    {
        int low = 0, high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
