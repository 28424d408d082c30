namespace PerfKit.Reporting;

/// <summary>What is wrong. Renderers show the most severe first, and within a severity the highest impact first.</summary>
public sealed record FindingsBlock : ReportBlock
{
    /// <summary>The caption.</summary>
    public required string Title { get; init; }

    /// <summary>The findings, in any order. Empty means that nothing was found, and is said so.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
