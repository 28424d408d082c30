namespace PerfKit.Analysis;

/// <summary>What an analysis found. Immutable.</summary>
public sealed record AnalysisResult
{
    /// <summary>What was found, by falling impact.</summary>
    public IReadOnlyList<Bottleneck> Bottlenecks { get; init => field = value ?? []; } = [];

    /// <summary>What to do, in the order of the bottlenecks; for each the detector's own advice first, then that of recommendation rules.</summary>
    public IReadOnlyList<Recommendation> Recommendations { get; init => field = value ?? []; } = [];

    /// <summary>How the process does; <c>null</c> only in a result that you made.</summary>
    public ScoreCard? Scores { get; init; }

    /// <summary>How each service does that was active in the window, in the order of <see cref="Observations.Usage"/>.</summary>
    public IReadOnlyList<ScoreCard> ServiceScores { get; init => field = value ?? []; } = [];

    /// <summary>What every rule saw, and why it did or did not find something, by rule.</summary>
    public IReadOnlyList<Explanation> Explanations { get; init => field = value ?? []; } = [];

    /// <summary>One line for each detector or recommendation rule that threw, or returned what no report can hold: what it had to say is missing.</summary>
    public IReadOnlyList<string> Failures { get; init => field = value ?? []; } = [];
}
