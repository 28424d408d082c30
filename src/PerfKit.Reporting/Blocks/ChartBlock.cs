namespace PerfKit.Reporting;

/// <summary>One or more series of figures over time, all in one unit.</summary>
public sealed record ChartBlock : ReportBlock
{
    /// <summary>The caption.</summary>
    public required string Title { get; init; }

    /// <summary>The unit of every value and limit of the chart.</summary>
    public required Unit Unit { get; init; }

    /// <summary>The series; may be empty.</summary>
    public IReadOnlyList<ChartSeries> Series { get; init; } = [];

    /// <summary>Lines that the series should stay below; may be empty.</summary>
    public IReadOnlyList<ChartLimit> Limits { get; init; } = [];

    /// <summary>Instants that mean something, such as where a level changed; may be empty. Those outside of the series are not drawn.</summary>
    public IReadOnlyList<TimelineMarker> Markers { get; init; } = [];
}
