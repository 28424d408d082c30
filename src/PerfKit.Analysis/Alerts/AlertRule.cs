namespace PerfKit.Analysis;

/// <summary>When to raise an alert: a figure past its limit for a while. Immutable.</summary>
public sealed record AlertRule
{
    private static readonly TimeSpan MostDuration = TimeSpan.FromDays(1);
    private static readonly TimeSpan MostCoolDown = TimeSpan.FromDays(7);

    /// <summary>What is watched: a key of <see cref="ThresholdCatalog"/>, or the name of a figure that the application provides.</summary>
    public required string Figure { get; init; }

    /// <summary>The name in alerts and logs, one of a kind among the rules.</summary>
    /// <value>Default: the figure, and behind a colon the service where there is one.</value>
    public string Name { get => field ?? (Service is null ? Figure : $"{Figure}:{Service}"); init; }

    /// <summary>The service or operation that is watched.</summary>
    /// <value>Default <c>null</c>: the process, or each service that has the figure. A rule for one service takes the place of the rules for all.</value>
    public string? Service { get; init; }

    /// <summary>The warning limit, in the figure's unit.</summary>
    /// <value>Default <c>null</c>: as the thresholds say, also when they change. Needed for a figure that is no threshold.</value>
    public double? Warning { get; init; }

    /// <summary>The critical limit.</summary>
    /// <value>Default <c>null</c>: as the thresholds say; with a <see cref="Warning"/> of the rule's own, none.</value>
    public double? Critical { get; init; }

    /// <summary>On which side of the limit the figure is wrong.</summary>
    /// <value>Default <c>null</c>: above; below for thresholds of which low is worse.</value>
    public AlertComparison? Comparison { get; init; }

    /// <summary>How long the figure must be past its limit without a break before the alert is raised, and back before it is over.</summary>
    /// <value>Default 30 seconds. From zero, which takes one sample, to 1 day.</value>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after an alert is over the rule raises no other one.</summary>
    /// <value>Default 5 minutes. From zero to 7 days.</value>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What to do, in a word such as <c>scale_up</c>: carried by the alert, and the name that a handler may be registered for.</summary>
    /// <value>Default <c>null</c>: nothing but to say so.</value>
    public string? Action { get; init; }

    internal ThresholdDefinition? Threshold => ThresholdCatalog.Find(Figure);

    internal AlertComparison Side => Comparison ?? (Threshold is { IsLowWorse: true } ? AlertComparison.Below : AlertComparison.Above);

    /// <summary>Checks the rule.</summary>
    /// <returns>One sentence for each field that is wrong, with its value and what is allowed; empty when all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Figure))
            errors.Add($"{nameof(Figure)} is '{Figure}'; allowed: the key of a threshold, or the name of a figure.");
        else if (Threshold is { IsWatchable: false })
            errors.Add($"{nameof(Figure)} is '{Figure}'; allowed: a figure that samples have; this one only audits judge.");
        else if (Threshold is null && Warning is null)
            errors.Add($"{nameof(Warning)} is null; allowed: a number, as '{Figure}' is no threshold.");
        if (string.IsNullOrWhiteSpace(Name))
            errors.Add($"{nameof(Name)} is '{Name}'; allowed: a text that is not blank.");
        if (Service is { } service && string.IsNullOrWhiteSpace(service))
            errors.Add($"{nameof(Service)} is '{service}'; allowed: a name, or null for all.");
        if (Service is not null && Threshold?.Group == ThresholdGroup.System)
            errors.Add($"{nameof(Service)} is '{Service}'; allowed: null, as {Figure} is of the process.");
        Check(errors, nameof(Warning), Warning);
        Check(errors, nameof(Critical), Critical);
        if (Warning is double warning && Critical is double critical && (Side is AlertComparison.Above or AlertComparison.AtLeast ? critical < warning : critical > warning))
            errors.Add($"{nameof(Critical)} is {LimitRange.Number(critical)}; allowed: {nameof(Warning)} ({LimitRange.Number(warning)}) or worse.");
        if (Critical is not null && Warning is null)
            errors.Add($"{nameof(Critical)} is {LimitRange.Number(Critical.Value)}; allowed: null without a {nameof(Warning)} of the rule's own.");
        Check(errors, nameof(Duration), Duration, MostDuration);
        Check(errors, nameof(CoolDown), CoolDown, MostCoolDown);
        return errors;
    }

    /// <summary>Its levels among thresholds; a critical level that is <c>null</c> is none.</summary>
    internal ThresholdLevels LevelsOf(Thresholds thresholds, string? service)
    {
        if (Warning is double warning)
            return new ThresholdLevels(warning, Critical);
        return Threshold!.LevelsOf(service is null ? thresholds : thresholds.For(service));
    }

    private static void Check(List<string> errors, string name, double? limit)
    {
        if (limit is double value && !double.IsFinite(value))
            errors.Add($"{name} is {LimitRange.Number(value)}; allowed: a finite number.");
    }

    private static void Check(List<string> errors, string name, TimeSpan value, TimeSpan most)
    {
        if (value < TimeSpan.Zero || value > most)
            errors.Add($"{name} is {LimitRange.Duration(value.TotalSeconds)}; allowed: 00:00:00 to {LimitRange.Duration(most.TotalSeconds)}.");
    }
}
