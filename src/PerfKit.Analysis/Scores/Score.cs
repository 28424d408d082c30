namespace PerfKit.Analysis;

/// <summary>How well something does, judged by its worst figure. Immutable.</summary>
public sealed record Score
{
    private const double AtWarning = 75;

    /// <summary>0 to 100, higher is better: 75 with the worst figure at its warning limit, 37.5 at its critical one.</summary>
    public required double Value { get; init; }

    /// <summary>The figure that is worst, beside its warning limit.</summary>
    public required Evidence DecidedBy { get; init; }

    /// <summary>The lowest of the scores; <c>null</c> when there is none.</summary>
    internal static Score? Lowest(IEnumerable<Score?> scores) => scores.OfType<Score>().MinBy(score => score.Value);

    /// <summary>
    /// From 100 at nothing down to 75 at the warning limit in a straight line, and from there 75 · 2^−x, where <c>x</c> is
    /// <see cref="Impact.Excess"/>. It never rises with the figure.
    /// </summary>
    internal static Score? Of(string measure, double? figure, MeasureUnit unit, double warning, double critical, TimeSpan? window)
    {
        if (figure is not double value || double.IsNaN(value))
            return null;
        double excess = Impact.Excess(value, warning, critical);
        double grade = excess < 0 ? 100 - ((100 - AtWarning) * Math.Max(0, value) / warning) : AtWarning * Math.Pow(2, -excess);
        return new Score { Value = Math.Max(0, grade), DecidedBy = new Evidence(measure, value, unit, warning, window) };
    }

    /// <summary>What a finding leaves of 100.</summary>
    internal static Score After(Bottleneck found) => new() { Value = Math.Clamp(100 - found.ImpactScore, 0, 100), DecidedBy = found.Evidence[0] };
}
