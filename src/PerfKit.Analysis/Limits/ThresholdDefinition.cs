using PerfKit.Sampling;

namespace PerfKit.Analysis;

/// <summary>
/// What is known of one threshold: names, unit, range, default. Validation, configuration, alerts and documentation all
/// read it from here. Immutable; <see cref="ThresholdCatalog.All"/> lists them.
/// </summary>
public sealed class ThresholdDefinition
{
    internal ThresholdDefinition(
        Func<Thresholds, double> warning, Action<Thresholds, double> setWarning, Func<Thresholds, double?> critical, Action<Thresholds, double?> setCritical,
        LimitRange range, CriticalRule rule)
    {
        Range = range;
        CriticalRule = rule;
        WarningOf = warning;
        SetWarning = setWarning;
        ExplicitCriticalOf = critical;
        SetCritical = setCritical;
    }

    /// <summary>Its name in the three-level shape, in alerts and in figures; the unit is its end.</summary>
    public required string Key { get; init; }

    /// <summary>The section of the three-level shape that it belongs in.</summary>
    public required ThresholdGroup Group { get; init; }

    /// <summary>The property of <see cref="Thresholds"/> that is its warning level; with <c>Critical</c> behind it, the critical one.</summary>
    public required string Property { get; init; }

    /// <summary>Unit of its levels, and of the figure that is compared with them.</summary>
    public required MeasureUnit Unit { get; init; }

    /// <summary>The unit in words.</summary>
    public string UnitText { get => field ?? TextOf(Unit); init; }

    /// <summary>Whether a figure is bad when it is low. Then the critical level is not above the warning level.</summary>
    public bool IsLowWorse { get; init; }

    /// <summary>Where the critical level lies that was not set, in words.</summary>
    public string CriticalWhenNotSet => CriticalRule.Text;

    /// <summary>What its levels may be, in words, in <see cref="UnitText"/>.</summary>
    public string Allowed => Range.Text(LimitRange.Number);

    /// <summary>Whether alerts can watch it; what only audits judge, such as the time of a start, they cannot.</summary>
    public bool IsWatchable => Figure is not null || Group != ThresholdGroup.System;

    /// <summary>Whether the application must provide the figure for alerts to watch it.</summary>
    public bool IsProvided { get; init; }

    internal CriticalRule CriticalRule { get; }

    internal LimitRange Range { get; }

    /// <summary>The property is a <see cref="TimeSpan"/>.</summary>
    internal bool IsDuration { get; init; }

    /// <summary>The property is a whole number.</summary>
    internal bool IsWhole { get; init; }

    /// <summary>Reads the figure from a sample; <c>null</c> for what no sample has.</summary>
    internal Func<ResourceSample, double?>? Figure { get; init; }

    /// <summary>Reads what in particular the figure is of.</summary>
    internal Func<ResourceSample, string?>? Detail { get; init; }

    internal Func<Thresholds, double> WarningOf { get; }

    internal Action<Thresholds, double> SetWarning { get; }

    internal Func<Thresholds, double?> ExplicitCriticalOf { get; }

    internal Action<Thresholds, double?> SetCritical { get; }

    /// <summary>Its two levels in a set of thresholds.</summary>
    /// <param name="thresholds">The thresholds.</param>
    /// <returns>The levels; the critical one is never <c>null</c>.</returns>
    public ThresholdLevels LevelsOf(Thresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        return new ThresholdLevels(WarningOf(thresholds), CriticalOf(thresholds));
    }

    /// <summary>The key, for debuggers and messages.</summary>
    /// <returns>The key.</returns>
    public override string ToString() => Key;

    internal double CriticalOf(Thresholds thresholds) => ExplicitCriticalOf(thresholds) ?? CriticalRule.Of(WarningOf(thresholds));

    internal void Set(Thresholds thresholds, ThresholdLevels levels)
    {
        SetWarning(thresholds, levels.Warning);
        SetCritical(thresholds, levels.Critical);
    }

    /// <summary>What is wrong with two levels: which of them, its value, and what is allowed; <c>null</c> when they are right.</summary>
    /// <param name="levels">The levels; a critical one that is not set is right.</param>
    /// <param name="warningName">How the message calls the warning level.</param>
    /// <param name="format">Writes a level.</param>
    internal (bool IsCritical, string Value, string Allowed)? Mistake(ThresholdLevels levels, string warningName, Func<double, string> format)
    {
        if (!Range.Holds(levels.Warning))
            return (false, format(levels.Warning), Range.Text(format)); // a critical level is right or wrong beside its warning level only
        if (levels.Critical is not double critical || (Range.Holds(critical) && (IsLowWorse ? critical <= levels.Warning : critical >= levels.Warning)))
            return null;
        return (true, format(critical), $"{warningName} ({format(levels.Warning)}) or {(IsLowWorse ? "less" : "more")}; {Range.Text(format)}");
    }

    private static string TextOf(MeasureUnit unit) => unit switch
    {
        MeasureUnit.Seconds => "seconds",
        MeasureUnit.Bytes => "bytes",
        MeasureUnit.BytesPerSecond => "bytes a second",
        MeasureUnit.CountPerSecond => "a second",
        MeasureUnit.Cores => "cores",
        MeasureUnit.Percent => "percent",
        _ => "count",
    };
}
