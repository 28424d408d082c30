using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>The runs of one metric that may be compared, oldest first, the newest last; larger is worse in <see cref="Badness"/>.</summary>
internal sealed class History
{
    private History(IReadOnlyList<MetricPoint> points, int otherMachines, MetricRule rule)
    {
        Points = points;
        OtherMachineRuns = otherMachines;
        Rule = rule;
        IsLogarithmic = !rule.IsExact && points.All(point => point.Figure.Value > 0);
        Badness = [.. points.Select(point => BadnessOf(point.Figure.Value))];
    }

    public IReadOnlyList<MetricPoint> Points { get; }

    public MetricRule Rule { get; }

    public MetricPoint Newest => Points[^1];

    public int OtherMachineRuns { get; }

    public double[] Badness { get; }

    /// <summary>Gets whether badness is a logarithm, in which noise and changes are shares, not amounts.</summary>
    public bool IsLogarithmic { get; }

    public static History Of(IReadOnlyList<MetricPoint> points, MetricRule rule)
    {
        string machine = points[^1].MachineFingerprint, unit = points[^1].Figure.Unit;
        MetricPoint[] ofMachine = [.. points.Where(point => string.Equals(point.MachineFingerprint, machine, StringComparison.Ordinal))];
        // Seconds are no history of milliseconds: where the unit changed, another history began.
        MetricPoint[] comparable = [.. ofMachine.Where(point => string.Equals(point.Figure.Unit, unit, StringComparison.Ordinal))];
        return new History(comparable, points.Count - ofMachine.Length, rule);
    }

    public double BadnessOf(double value)
    {
        double scaled = IsLogarithmic ? Math.Log(value) : value;
        return Rule.HigherIsBetter ? -scaled : scaled;
    }

    public double ValueOf(double badness)
    {
        double scaled = Rule.HigherIsBetter ? -badness : badness;
        return IsLogarithmic ? Math.Exp(scaled) : scaled;
    }

    /// <summary>How many times worse; <see langword="null"/> when a level is not above 0.</summary>
    public double? Ratio(double before, double after) =>
        before > 0 && after > 0 ? (Rule.HigherIsBetter ? before / after : after / before) : null;

    /// <summary>How many times worse a level is that has risen by a step of badness.</summary>
    public double? RatioOfStep(double step, double level) =>
        IsLogarithmic ? Math.Exp(step) : Ratio(ValueOf(level), ValueOf(level + step));

    /// <summary>The step of badness that makes a level so many times worse; <see langword="null"/> when the level is not above 0.</summary>
    public double? StepOfRatio(double ratio, double level)
    {
        if (IsLogarithmic)
            return Math.Log(ratio);
        double value = ValueOf(level);
        return value > 0 ? BadnessOf(Rule.HigherIsBetter ? value / ratio : value * ratio) - level : null;
    }

    public RunReference Run(int index) => new(Points[index].RunId, Points[index].FinishedAt, Points[index].Commit);
}
