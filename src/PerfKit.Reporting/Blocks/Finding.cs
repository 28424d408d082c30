namespace PerfKit.Reporting;

/// <summary>One thing that is wrong, and the figures that say so.</summary>
public sealed record Finding
{
    /// <summary>The stable id of the rule that found it, such as <c>PK0001</c>.</summary>
    public required string RuleId { get; init; }

    /// <summary>What is wrong, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The service it concerns; <see langword="null"/> when it is the whole process or machine.</summary>
    public string? Service { get; init; }

    /// <summary>How bad it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The impact score, 0 to 100, higher is worse. Renderers clamp what lies outside.</summary>
    public required double Impact { get; init; }

    /// <summary>What it means and why it matters.</summary>
    public required string Description { get; init; }

    /// <summary>The figures it rests on.</summary>
    public IReadOnlyList<FindingEvidence> Evidence { get; init; } = [];

    /// <summary>A page about the rule; only <c>http</c> and <c>https</c> become a link. <see langword="null"/> for none.</summary>
    public string? HelpLink { get; init; }
}
