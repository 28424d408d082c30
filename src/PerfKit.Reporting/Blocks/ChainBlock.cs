namespace PerfKit.Reporting;

/// <summary>What came to its end only after what: a chain without gaps, told from its end.</summary>
public sealed record ChainBlock : ReportBlock
{
    /// <summary>The caption.</summary>
    public required string Title { get; init; }

    /// <summary>What all of the chain led to, such as <c>ready</c>.</summary>
    public required string End { get; init; }

    /// <summary>When that was, from the same zero as the links.</summary>
    public required TimeSpan EndAt { get; init; }

    /// <summary>The links in order of time, each one waiting for the one before it; may be empty. They do not overlap.</summary>
    public IReadOnlyList<TimelineLink> Links { get; init; } = [];
}
