namespace PerfKit.Reporting;

/// <summary>A titled part of a document.</summary>
public sealed record ReportSection
{
    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>What the section says, in one or two sentences; <see langword="null"/> for none.</summary>
    public string? Summary { get; init; }

    /// <summary>The content, in reading order. Empty is allowed: renderers then say that there is nothing.</summary>
    public IReadOnlyList<ReportBlock> Blocks { get; init; } = [];
}
