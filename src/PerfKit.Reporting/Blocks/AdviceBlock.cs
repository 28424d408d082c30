namespace PerfKit.Reporting;

/// <summary>What to do. Renderers number the items and show the highest priority first.</summary>
public sealed record AdviceBlock : ReportBlock
{
    /// <summary>The caption.</summary>
    public required string Title { get; init; }

    /// <summary>The recommendations, in any order of priority; those of one priority stay in the given order. May be empty.</summary>
    public IReadOnlyList<Advice> Items { get; init; } = [];
}
