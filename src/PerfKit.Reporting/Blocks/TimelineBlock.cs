namespace PerfKit.Reporting;

/// <summary>Nested bars over one axis of time.</summary>
public sealed record TimelineBlock : ReportBlock
{
    /// <summary>The caption.</summary>
    public required string Title { get; init; }

    /// <summary>The length of the axis. A bar that reaches further makes the axis longer.</summary>
    public required TimeSpan Total { get; init; }

    /// <summary>The bars, in any order; may be empty. Renderers nest them by parent, sort them by start and fold the shortest when they are many.</summary>
    public IReadOnlyList<TimelineBar> Bars { get; init; } = [];

    /// <summary>What the end waited for, in order of time and without overlaps; empty when that is not known.</summary>
    public IReadOnlyList<TimelineLink> CriticalPath { get; init; } = [];

    /// <summary>Instants of the whole, such as milestones; in any order.</summary>
    public IReadOnlyList<TimelineMarker> Markers { get; init; } = [];
}
