namespace PerfKit.Statistics;

/// <summary>A change that is looked for: it begins so many values before the end.</summary>
internal readonly record struct Candidate(LatestChangeKind Kind, int Length);

/// <summary>
/// The changes that are looked for in the newest values, as unit vectors in the space of scores, and the probability that the best of them stands
/// out this far by chance.
/// </summary>
internal sealed class ShapeScan
{
    private readonly double[][] _shapes;
    private readonly double[] _norms;
    private readonly double[] _angles;      // tan(θ/2), θ between neighbors in the chain of candidates
    private readonly int _referenceCount;

    public ShapeScan(Autoregression memory, int window, int referenceCount, int shortestDrift)
    {
        _referenceCount = referenceCount;
        var candidates = new List<Candidate>();
        for (int length = 1; length <= window; length++)
            candidates.Add(new Candidate(LatestChangeKind.Step, length));
        for (int length = window; length >= shortestDrift; length--)
            candidates.Add(new Candidate(LatestChangeKind.Drift, length));

        Candidates = candidates;
        _shapes = [.. candidates.Select(candidate => Shape(memory, candidate))];
        _norms = [.. _shapes.Select(shape => Math.Sqrt(Product(shape, shape)))];
        _angles = new double[_shapes.Length - 1];
        for (int i = 0; i < _angles.Length; i++)
        {
            double cosine = Math.Clamp(Product(_shapes[i], _shapes[i + 1]) / (_norms[i] * _norms[i + 1]), -1, 1);
            _angles[i] = Math.Sqrt((1 - cosine) / (1 + cosine));
        }
    }

    public IReadOnlyList<Candidate> Candidates { get; }

    private static double[] Shape(Autoregression memory, Candidate candidate)
    {
        double[] shape = new double[candidate.Length];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = candidate.Kind == LatestChangeKind.Step ? 1 : i + 1;
        return memory.Filtered(shape);
    }

    /// <summary>How far each candidate stands out, in standard deviations.</summary>
    /// <param name="scores">Of the newest values, the newest last.</param>
    /// <param name="destination">One for each candidate.</param>
    public void Statistics(ReadOnlySpan<double> scores, Span<double> destination)
    {
        for (int i = 0; i < _shapes.Length; i++)
        {
            double[] shape = _shapes[i];
            ReadOnlySpan<double> newest = scores[^shape.Length..];
            double sum = 0;
            for (int j = 0; j < shape.Length; j++)
                sum += shape[j] * newest[j];
            destination[i] = sum / _norms[i];
        }
    }

    /// <summary>
    /// Hunter and Worsley's bound (K. J. Worsley, "An improved Bonferroni inequality and applications", Biometrika 69 (1982), 297–302) for a
    /// chain: the first is above z, or some candidate is while the one before it is not; the latter is 2 T(z, tan(θ/2)).
    /// </summary>
    public double PValue(double z)
    {
        if (z <= 0)
            return 1;

        double probability = Normal.UpperTail(z);
        foreach (double angle in _angles)
            probability += 2 * OwensT.Of(z, angle);
        return Math.Min(1, probability);
    }

    /// <summary>Scores of new values share the error of the reference they are ranked in: 1 / its count, in each pair.</summary>
    private double Product(double[] one, double[] other)
    {
        int common = Math.Min(one.Length, other.Length);
        double sum = 0;
        for (int i = 1; i <= common; i++)
            sum += one[^i] * other[^i];
        return sum + one.Sum() * other.Sum() / _referenceCount;
    }
}
