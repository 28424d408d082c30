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

    /// <summary>How far the candidate that stands out most does.</summary>
    public double Peak(ReadOnlySpan<double> scores)
    {
        Scan.Statistics(scores, _statistics);
        return _statistics.Max();
    }

    /// <summary>The candidate of a kind that stood out most in the last <see cref="Peak"/>.</summary>
    public Candidate Best(LatestChangeKind kind) =>
        Scan.Candidates[Enumerable.Range(0, _statistics.Length).Where(i => Scan.Candidates[i].Kind == kind).MaxBy(i => _statistics[i])];

    /// <summary>The lengths whose log-likelihood, doubled, is at most so much below that of a candidate of their kind.</summary>
    public (int Shortest, int Longest) Likely(Candidate candidate, double below)
    {
        (int shortest, int longest, double z) = (candidate.Length, candidate.Length, 0);
        for (int i = 0; i < _statistics.Length; i++)
            z = Scan.Candidates[i] == candidate ? _statistics[i] : z;
        for (int i = 0; i < _statistics.Length; i++)
        {
            Candidate other = Scan.Candidates[i];
            if (other.Kind != candidate.Kind || !(_statistics[i] > 0 && z > 0) || _statistics[i] * _statistics[i] < z * z - below)
                continue;

            shortest = Math.Min(shortest, other.Length);
            longest = Math.Max(longest, other.Length);
        }

        return (shortest, longest);
    }
}
