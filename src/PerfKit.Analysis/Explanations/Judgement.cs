namespace PerfKit.Analysis;

/// <summary>What a detector made of the observations: what it saw, what it found, and what kept it from finding more.</summary>
internal sealed record Judgement
{
    private Judgement()
    {
    }

    public IReadOnlyList<Bottleneck> Found { get; private init; } = [];

    public IReadOnlyList<Evidence> Seen { get; private init; } = [];

    /// <summary>What was not there to be looked at; <c>null</c> when a verdict was possible.</summary>
    public string? Missing { get; private init; }

    /// <summary>Why figures past their limit are no finding; <c>null</c> when the limits alone decided.</summary>
    public string? Exempt { get; private init; }

    public static Judgement Lacks(string what) => new() { Missing = what };

    public static Judgement Within(params IReadOnlyList<Evidence> seen) => new() { Seen = seen };

    public static Judgement Excused(string why, params IReadOnlyList<Evidence> seen) => new() { Exempt = why, Seen = seen };

    public static Judgement Of(IReadOnlyList<Bottleneck> found, params IReadOnlyList<Evidence> seen) =>
        new() { Found = found, Seen = found.Count > 0 ? [.. found.SelectMany(bottleneck => bottleneck.Evidence.Take(1))] : seen };

    public Explanation Explain(RuleId rule) => new()
    {
        Rule = rule,
        Outcome = Missing is not null ? RuleOutcome.NotEnoughData : Found.Count > 0 ? RuleOutcome.Found : RuleOutcome.NotFound,
        Reason = Missing is not null ? $"No verdict: {Missing}."
            : Found.Count > 0 ? string.Join(' ', Found.Select(found => found.Description))
            : Exempt is not null ? $"No finding: {Exempt}."
            : "Nothing reached its limit.",
        Seen = Seen,
    };
}
