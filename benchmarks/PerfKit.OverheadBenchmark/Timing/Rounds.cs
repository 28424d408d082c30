namespace PerfKit.OverheadBenchmark;

/// <summary>
/// Runs subjects in turn, a slice each, round after round, so that whatever disturbs the machine disturbs them all. What is
/// derived of two subjects is derived inside each round, and the median over the rounds is told.
/// </summary>
internal sealed class Rounds
{
    private readonly Dictionary<Subject, double[]> _nanoseconds = [];

    public static Rounds Of(IReadOnlyList<Subject> subjects, Effort effort)
    {
        var rounds = new Rounds();
        foreach (Subject subject in subjects)
        {
            subject.WarmUp(effort.Slice);
            rounds._nanoseconds[subject] = new double[effort.Rounds];
        }
        for (int round = 0; round < effort.Rounds; round++)
        {
            // Each round begins with another subject, so that none always follows the same one.
            for (int i = 0; i < subjects.Count; i++)
            {
                Subject subject = subjects[(i + round) % subjects.Count];
                rounds._nanoseconds[subject][round] = subject.RunSlice();
            }
        }
        return rounds;
    }

    public double Median(Subject subject) => Middle(_nanoseconds[subject]);

    public double Ratio(Subject subject, Subject to) => Middle(_nanoseconds[subject].Zip(_nanoseconds[to], (one, other) => one / other));

    public double Difference(Subject subject, Subject to) => Middle(_nanoseconds[subject].Zip(_nanoseconds[to], (one, other) => one - other));

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
