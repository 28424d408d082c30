using PerfKit.Pinning;

namespace PerfKit.OverheadBenchmark;

/// <summary>
/// Runs subjects in turn, a slice each, round after round, so that whatever disturbs the machine disturbs them all. What is
/// derived of two subjects is derived inside each round, and the median over the rounds is told. Rounds in which the core was
/// shared with somebody are made up for by others, on another core where the thread is pinned, and left out if there are enough others.
/// </summary>
internal sealed class Rounds
{
    private const int MostTries = 10; // times the rounds that are wanted

    private readonly List<Round> _rounds = [];
    private readonly Subject[] _subjects;
    private readonly int _wanted;
    private Round[] _told = [];

    private Rounds(IEnumerable<Subject> subjects, int wanted) => (_subjects, _wanted) = ([.. subjects], wanted);

    /// <summary>There were rounds enough on a core of their own.</summary>
    public bool IsAlone { get; private set; }

    /// <summary>How many rounds count, and of how many.</summary>
    public string Told => Print.Text($"{_told.Length} of {_rounds.Count} rounds{(IsAlone ? "" : ", on a core that somebody shared")}");

    /// <summary>A claim that a figure is at most so much; a shared core can only make it look worse.</summary>
    public bool? AtMost(double figure, double limit) => figure <= limit ? true : IsAlone ? false : null;

    /// <summary>Warms up, then runs; the calling thread is pinned to the first core, but for the rounds that have to be elsewhere.</summary>
    public static Rounds Of(IReadOnlyList<Subject> subjects, Effort effort)
    {
        Subject.WarmUp(subjects, effort.Slice);
        var rounds = new Rounds(subjects, effort.Rounds);
        rounds.Run();
        return rounds;
    }

    public double Median(Subject subject) => Middle(_told.Select(round => round.Nanoseconds[At(subject)]));

    public double Ratio(Subject subject, Subject to) => Middle(_told.Select(round => round.Nanoseconds[At(subject)] / round.Nanoseconds[At(to)]));

    public double Difference(Subject subject, Subject to) => Middle(_told.Select(round => round.Nanoseconds[At(subject)] - round.Nanoseconds[At(to)]));

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private void Run()
    {
        int core = 0, alone = 0;
        double before = SharedCore.Probe();
        while (alone < _wanted && _rounds.Count < _wanted * MostTries)
        {
            double[] nanoseconds = RunOnce(_rounds.Count);
            double after = SharedCore.Probe();
            var round = new Round(nanoseconds, Math.Max(before, after));
            _rounds.Add(round);
            before = after;
            if (SharedCore.IsAlone(round.Probed))
            {
                alone++;
            }
            else if (Cores.Usable.Count > 1)
            {
                core = (core + 1) % Cores.Usable.Count;
                Cores.Pin(core);
                before = SharedCore.Probe();
            }
        }
        Cores.Pin(0);
        // Judged at the end: a core that was shared from the beginning shows only when it no longer is.
        Round[] quiet = [.. _rounds.Where(round => SharedCore.IsAlone(round.Probed))];
        IsAlone = quiet.Length >= Math.Min(_wanted, Math.Max(11, _wanted / 10));
        _told = IsAlone ? quiet : [.. _rounds];
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

    private sealed record Round(double[] Nanoseconds, double Probed);
}
