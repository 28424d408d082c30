namespace PerfKit.Analysis;

/// <summary>What a rule saw, and why it did or did not find something. Immutable.</summary>
public sealed record Explanation
{
    /// <summary>The rule.</summary>
    public required RuleId Rule { get; init; }

    /// <summary>How it ended.</summary>
    public RuleOutcome Outcome { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What it looked at, beside the limits; empty where it saw nothing.</summary>
    public IReadOnlyList<Evidence> Seen { get; init => field = value ?? []; } = [];
}
