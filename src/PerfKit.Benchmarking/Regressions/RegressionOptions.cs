using System.Globalization;

namespace PerfKit.Benchmarking;

/// <summary>When a figure counts as a regression. Immutable; the defaults are one set for all benchmarks.</summary>
public sealed record RegressionOptions
{
    /// <summary>Gets how often an unchanged benchmark may be called slower, each time it is judged. Default 0.005; above 0 and below 0.1.</summary>
    public double FalseAlarmRate { get; init; } = 0.005;

    /// <summary>
    /// Gets below which p-value a figure is a suspect, worth rerunning. Default 0.4; not below <see cref="FalseAlarmRate"/>, and below 0.5.
    /// It may be that high because the pairs of a confirmation are a test of their own: the rates multiply.
    /// </summary>
    public double SuspectRate { get; init; } = 0.4;

    /// <summary>Gets below which p-value the pairs of a confirmation confirm. Default 0.02; above 0 and below 0.5.</summary>
    public double ConfirmationRate { get; init; } = 0.02;

    /// <summary>Gets how many pairs (last good commit, newest commit) a confirmation runs. Default 16; from 6 to 200.</summary>
    public int Pairs { get; init; } = 16;

    /// <summary>Gets how many of the newest runs a regression may have; what is older counts as accepted. Default 30; from 8 to 100.</summary>
    public int Window { get; init; } = 30;

    /// <summary>Gets the fewest comparable runs for a verdict by statistics. Default 30; from 20 to 1,000.</summary>
    public int MinimumRuns { get; init; } = 30;

    /// <summary>Gets from which ratio (times worse) a regression is minor; below, slight. Default 1.2; above 1.</summary>
    public double MinorRatio { get; init; } = 1.2;

    /// <summary>Gets from which ratio (times worse) a regression is critical. Default 2.0; above <see cref="MinorRatio"/>.</summary>
    public double CriticalRatio { get; init; } = 2.0;

    /// <summary>
    /// Gets whether verdicts state what the gate can see. Default <see langword="true"/>; it takes most of a verdict's time, some tenths of a
    /// second.
    /// </summary>
    public bool StatesPower { get; init; } = true;

    /// <summary>Gets the rise for which the gate says how many runs it would take to see it, as a share. Default 0.05; above 0.</summary>
    public double PowerTarget { get; init; } = 0.05;

    /// <summary>Gets the probability with which "sees" is meant when the gate states its power. Default 0.9; from 0.5 to 0.99.</summary>
    public double PowerProbability { get; init; } = 0.9;

    /// <summary>Gets how many runs after a change the stated power is for. Default 10; from 1 to <see cref="Window"/>, and to half of the runs there are.</summary>
    public int PowerRuns { get; init; } = 10;

    /// <summary>Gets how a metric is judged, from its name and unit; null for one that is not. Default <see cref="MetricRule.Suggested"/>.</summary>
    public Func<string, string, MetricRule?> Rule { get; init; } = MetricRule.Suggested;

    /// <summary>Refuses values that are out of range, all in one message.</summary>
    internal void Validate(string parameter)
    {
        var mistakes = new List<string>();
        Require(FalseAlarmRate is > 0 and < 0.1, nameof(FalseAlarmRate), FalseAlarmRate, "above 0 and below 0.1");
        Require(SuspectRate >= FalseAlarmRate && SuspectRate < 0.5, nameof(SuspectRate), SuspectRate, $"from {nameof(FalseAlarmRate)} to below 0.5");
        Require(ConfirmationRate is > 0 and < 0.5, nameof(ConfirmationRate), ConfirmationRate, "above 0 and below 0.5");
        Require(Pairs is >= 6 and <= 200, nameof(Pairs), Pairs, "from 6 to 200");
        Require(Window is >= 8 and <= 100, nameof(Window), Window, "from 8 to 100");
        Require(MinimumRuns is >= 20 and <= 1000, nameof(MinimumRuns), MinimumRuns, "from 20 to 1000");
        Require(MinorRatio > 1 && double.IsFinite(MinorRatio), nameof(MinorRatio), MinorRatio, "a finite number above 1");
        Require(CriticalRatio > MinorRatio, nameof(CriticalRatio), CriticalRatio, $"above {nameof(MinorRatio)}");
        Require(PowerTarget > 0 && double.IsFinite(PowerTarget), nameof(PowerTarget), PowerTarget, "a finite number above 0");
        Require(PowerProbability is >= 0.5 and <= 0.99, nameof(PowerProbability), PowerProbability, "from 0.5 to 0.99");
        Require(PowerRuns >= 1 && PowerRuns <= Window, nameof(PowerRuns), PowerRuns, $"from 1 to {nameof(Window)}");
        Require(Rule is not null, nameof(Rule), "null", "a function");
        if (mistakes.Count > 0)
            throw new ArgumentException(string.Join(' ', mistakes), parameter);

        void Require(bool holds, string name, IConvertible value, string allowed)
        {
            if (!holds)
                mistakes.Add($"{name} is {value.ToString(CultureInfo.InvariantCulture)}; allowed is {allowed}.");
        }
    }
}
