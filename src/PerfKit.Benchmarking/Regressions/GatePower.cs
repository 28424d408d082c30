namespace PerfKit.Benchmarking;

/// <summary>What a gate can see in one history, from its noise and the rule of decision. Immutable.</summary>
public sealed record GatePower
{
    /// <summary>Gets the probability with which "sees" is meant.</summary>
    public required double Probability { get; init; }

    /// <summary>Gets how many runs after the change <see cref="SmallestRatio"/> and <see cref="SmallestRatioWithReruns"/> are for.</summary>
    public required int Runs { get; init; }

    /// <summary>Gets the smallest ratio (times worse) seen without rerunning; <see langword="null"/> when there is none.</summary>
    public double? SmallestRatio { get; init; }

    /// <summary>Gets the smallest ratio that becomes a suspect and is then confirmed by pairs; <see langword="null"/> when there is none.</summary>
    public double? SmallestRatioWithReruns { get; init; }

    /// <summary>Gets the ratio that <see cref="RunsToTarget"/> is for.</summary>
    public required double TargetRatio { get; init; }

    /// <summary>
    /// Gets how many runs after a change of <see cref="TargetRatio"/> it takes to see it without rerunning; <see langword="null"/> when
    /// even the whole window of newest runs is too few.
    /// </summary>
    public int? RunsToTarget { get; init; }

    /// <summary>Gets the longest window of newest runs that was tried.</summary>
    public required int MostRuns { get; init; }

    /// <summary>Gets all that in plain words.</summary>
    public string Sentence => PowerSentence.Of(this);
}
