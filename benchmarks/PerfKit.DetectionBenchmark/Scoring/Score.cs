using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>How often something was found rightly, wrongly and not at all.</summary>
/// <param name="Right">True positives.</param>
/// <param name="Wrong">False positives.</param>
/// <param name="Missed">False negatives.</param>
internal readonly record struct Tally(int Right, int Wrong, int Missed)
{
    public double? Precision => Right + Wrong > 0 ? (double)Right / (Right + Wrong) : null;

    public double? Recall => Right + Missed > 0 ? (double)Right / (Right + Missed) : null;

    /// <summary>2·right / (2·right + wrong + missed): C. J. van Rijsbergen, Information Retrieval (1979), with equal weights.</summary>
    public double? F1 => Right + Wrong + Missed > 0 ? 2.0 * Right / ((2 * Right) + Wrong + Missed) : null;

    public static Tally operator +(Tally left, Tally right) => new(left.Right + right.Right, left.Wrong + right.Wrong, left.Missed + right.Missed);
}

/// <summary>The figures over all cases.</summary>
/// <param name="Verdicts">Those that were judged.</param>
/// <param name="SetAside">How many were not.</param>
internal sealed record Score(IReadOnlyList<CaseVerdict> Verdicts, int SetAside)
{
    public const double LeastF1 = 0.95, LeastF1OfType = 0.90, LeastNamed = 0.95, MostFalseAlarms = 0.02, MostSetAside = 0.1;

    /// <summary>By type; only types that were injected or found.</summary>
    public IReadOnlyDictionary<BottleneckType, Tally> Types { get; } = Enum.GetValues<BottleneckType>()
        .Select(type => (Type: type, Tally: new Tally(
            Verdicts.Count(verdict => verdict.Right.Contains(type)),
            Verdicts.Count(verdict => verdict.False.Contains(type)),
            Verdicts.Count(verdict => verdict.Missed.Contains(type)))))
        .Where(entry => entry.Tally != default)
        .ToDictionary(entry => entry.Type, entry => entry.Tally);

    /// <summary>Of what was found rightly, how often with the right service.</summary>
    public (int Right, int All) Named => Verdicts.SelectMany(verdict => verdict.Right.Select(verdict.NamesRightly))
        .Aggregate((Right: 0, All: 0), (sum, isRight) => (sum.Right + (isRight ? 1 : 0), sum.All + 1));

    /// <summary>Controls in which anything was found.</summary>
    public (int Alarmed, int All) Controls
    {
        get
        {
            CaseVerdict[] controls = [.. Verdicts.Where(verdict => verdict.Case.Group == CaseGroup.Control)];
            return (controls.Count(control => !control.IsAsItShould), controls.Length);
        }
    }

    /// <summary>Micro-averaged: every fault counts the same.</summary>
    public Tally Whole => Types.Values.Aggregate(default(Tally), (sum, tally) => sum + tally);

    /// <summary>Too little was judged for the figures to say anything.</summary>
    public bool IsCrowded => SetAside > MostSetAside * (SetAside + Verdicts.Count);

    public static Score Of(IReadOnlyList<Outcome> outcomes)
    {
        CaseVerdict[] judged = [.. outcomes.Select(outcome => new CaseVerdict(outcome)).Where(verdict => verdict.IsJudged)];
        return new Score(judged, outcomes.Count - judged.Length);
    }

    /// <summary>The median over the cases of a type that found it, in seconds.</summary>
    public double? SecondsToFind(BottleneckType type)
    {
        double[] seconds = [.. Verdicts.Where(verdict => verdict.Right.Contains(type))
            .Select(verdict => verdict.Outcome.Result!.SecondsToFind.TryGetValue(type, out double found) ? (double?)found : null).OfType<double>().Order()];
        return seconds.Length == 0 ? null : seconds[seconds.Length / 2];
    }
}
