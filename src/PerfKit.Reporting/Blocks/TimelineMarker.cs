namespace PerfKit.Reporting;

/// <summary>An instant on a timeline.</summary>
/// <param name="Label">What happened.</param>
/// <param name="At">When, from the timeline's zero.</param>
public sealed record TimelineMarker(string Label, TimeSpan At);
