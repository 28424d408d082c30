using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>How one metric of the newest run compares with its history. Immutable.</summary>
public sealed record RegressionVerdict
{
    /// <summary>Gets the figure that was judged, of the newest run.</summary>
    public required MetricPoint Newest { get; init; }

    /// <summary>Gets what was found.</summary>
    public required RegressionOutcome Outcome { get; init; }

    /// <summary>Gets all that matters in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary>Gets how many runs of the same machine were compared, the newest included.</summary>
    public required int Runs { get; init; }

    /// <summary>Gets how many more such runs a verdict needs; 0 when there is one.</summary>
    public int RunsNeeded { get; init; }

    /// <summary>Gets how many runs were left out because they are of machines that must not be compared with the newest run's.</summary>
    public int OtherMachineRuns { get; init; }

    /// <summary>Gets how it became worse; <see langword="null"/> unless it is a suspect, not confirmed, or a regression. So are all below.</summary>
    public RegressionKind? Kind { get; init; }

    /// <summary>Gets how bad it is.</summary>
    public RegressionSeverity? Severity { get; init; }

    /// <summary>Gets the level before, in the metric's unit.</summary>
    public double? LevelBefore { get; init; }

    /// <summary>Gets the level now, in the metric's unit.</summary>
    public double? LevelAfter { get; init; }

    /// <summary>
    /// Gets how many times worse it is: after / before, and before / after where higher is better; <see langword="null"/> also when a level is 0 or
    /// below.
    /// </summary>
    public double? Ratio { get; init; }

    /// <summary>Gets where it began.</summary>
    public CommitRange? Range { get; init; }

    /// <summary>Gets what changed at the same place, the largest change first.</summary>
    public IReadOnlyList<MovedMetric> MovedWith { get; init; } = [];

    /// <summary>
    /// Gets the probability of newest runs this bad, or worse, were nothing changed, at whatever outcome; <see langword="null"/> for metrics that
    /// repeat exactly, and with too little history.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>Gets what running again said; <see langword="null"/> when it was not done.</summary>
    public RegressionConfirmation? Confirmation { get; init; }

    /// <summary>Gets what this gate can see here; <see langword="null"/> for metrics that repeat exactly, and with too little history.</summary>
    public GatePower? Power { get; init; }

    /// <summary>Gets whether it is worth running again before it is reported: found by statistics, and not rerun yet.</summary>
    public bool WantsConfirmation =>
        Confirmation is null
        && Kind is RegressionKind.Step or RegressionKind.Drift
        && Outcome is RegressionOutcome.Suspect or RegressionOutcome.Regression;
}
