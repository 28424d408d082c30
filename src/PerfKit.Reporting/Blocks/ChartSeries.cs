namespace PerfKit.Reporting;

/// <summary>A named row of figures.</summary>
/// <param name="Label">The name.</param>
/// <param name="Points">The figures, by time, earliest first; may be empty.</param>
public sealed record ChartSeries(string Label, IReadOnlyList<ChartPoint> Points);
