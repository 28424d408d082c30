namespace PerfKit.OverheadBenchmark;

/// <summary>
/// Runs subjects in turn, a slice each, round after round, so that whatever disturbs the machine disturbs them all. What is
/// derived of two subjects is derived inside each round, and the median over the rounds is told. Rounds in which the core was
/// shared with somebody are made up for by others, and left out if there are enough others.
/// </summary>
internal sealed class Rounds
{
    private readonly Subject[] _subjects;
    private readonly RoundsRun<double[]> _run;

    private Rounds(IEnumerable<Subject> subjects, int wanted)
    {
        _subjects = [.. subjects];
        _run = SharedCore.Rounds(wanted, RunOnce);
    }

    /// <summary>There were rounds enough on a core of their own.</summary>
    public bool IsAlone => _run.IsAlone;

    /// <summary>How many rounds count, and of how many.</summary>
    public string Told => _run.Text;

    /// <summary>Warms up, then runs; the calling thread is pinned to the first core, but for the rounds that have to be elsewhere.</summary>
    public static Rounds Of(IReadOnlyList<Subject> subjects, Effort effort)
    {
        Subject.WarmUp(subjects, effort.Slice);
        return new Rounds(subjects, effort.Rounds);
    }

    /// <summary>A claim that a figure is at most so much.</summary>
    public bool? AtMost(double figure, double limit) => _run.Judge(figure <= limit);

    public double Median(Subject subject) => Middle(_run.Told.Select(round => round[At(subject)]));

    public double Ratio(Subject subject, Subject to) => Middle(_run.Told.Select(round => round[At(subject)] / round[At(to)]));

    public double Difference(Subject subject, Subject to) => Middle(_run.Told.Select(round => round[At(subject)] - round[At(to)]));

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // Each round begins with another subject, so that none always follows the same one.
    private double[] RunOnce(int number)
    {
        double[] nanoseconds = new double[_subjects.Length];
        for (int i = 0; i < _subjects.Length; i++)
        {
            int at = (i + number) % _subjects.Length;
            nanoseconds[at] = _subjects[at].RunSlice();
        }
        return nanoseconds;
    }

    private int At(Subject subject) => Array.IndexOf(_subjects, subject);
}
