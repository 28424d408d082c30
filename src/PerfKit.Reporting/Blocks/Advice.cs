namespace PerfKit.Reporting;

/// <summary>One thing to do, what it should save, and how to see that it did.</summary>
public sealed record Advice
{
    /// <summary>The stable id of the rule whose finding it answers, such as <c>PK0001</c>.</summary>
    public required string RuleId { get; init; }

    /// <summary>The service it concerns; <see langword="null"/> when it is the whole process.</summary>
    public string? Service { get; init; }

    /// <summary>What to do, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>How much work it is.</summary>
    public required AdviceEffort Effort { get; init; }

    /// <summary>How soon it should be done.</summary>
    public required AdvicePriority Priority { get; init; }

    /// <summary>What doing it should save; <see langword="null"/> when nothing can be predicted.</summary>
    public Quantity? PredictedSaving { get; init; }

    /// <summary>What is saved, in words that follow the figure: <c>start-up time</c>; <see langword="null"/> where the unit says it all.</summary>
    public string? SavingOf { get; init; }

    /// <summary>Whether <see cref="PredictedSaving"/> is the most that can be won rather than what is expected; renderers then say "up to".</summary>
    public bool SavingIsUpperBound { get; init; }

    /// <summary>What the prediction rests on.</summary>
    public required string Basis { get; init; }

    /// <summary>How to check that it worked.</summary>
    public required string Verify { get; init; }

    /// <summary>The figures it rests on.</summary>
    public IReadOnlyList<FindingEvidence> Evidence { get; init; } = [];
}
