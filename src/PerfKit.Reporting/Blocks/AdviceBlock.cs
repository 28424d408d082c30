namespace PerfKit.Reporting;

/// <summary>What to do. Renderers number the items.</summary>
public sealed record AdviceBlock : ReportBlock
{
    /// <summary>The caption.</summary>
    public required string Title { get; init; }

    /// <summary>The recommendations, the first to follow first. May be empty.</summary>
    public IReadOnlyList<Advice> Items { get; init; } = [];
}
