namespace PerfKit.Statistics;

/// <summary>The noise of a reference and the changes looked for in what follows, for one guess of its memory.</summary>
internal sealed class NoiseModel
{
    private readonly double[] _statistics;

    public NoiseModel(ReadOnlySpan<double> reference, Autoregression memory, int window)
    {
        Noise = ReferenceNoise.Of(reference, memory);
        Scan = new ShapeScan(memory, window, Noise.Count, Math.Min(LatestChange.ShortestDrift, window));
        _statistics = new double[Scan.Candidates.Count];
    }

    public ReferenceNoise Noise { get; }

    public ShapeScan Scan { get; }

    /// <summary>What <see cref="Peak"/> found for each candidate.</summary>
    public ReadOnlySpan<double> Statistics => _statistics;

    public (int Best, double Z) Peak(ReadOnlySpan<double> scores) => Scan.Peak(scores, _statistics);

    /// <summary>The three guesses: Gauss and Hermite's nodes for a normally distributed sum of coefficients.</summary>
    public static NoiseModel[] Guesses(ReadOnlySpan<double> reference, int window)
    {
        Autoregression memory = Autoregression.Of(reference);
        double distance = Math.Sqrt(3) * memory.StandardError;
        return
        [
            new NoiseModel(reference, memory, window),
            new NoiseModel(reference, memory.WithSum(memory.Sum - distance), window),
            new NoiseModel(reference, memory.WithSum(memory.Sum + distance), window),
        ];
    }

    /// <summary>The mean p-value of the guesses, by the same rule: 2/3, 1/6, 1/6.</summary>
    public static double Mean(double central, double less, double more) => (4 * central + less + more) / 6;
}
