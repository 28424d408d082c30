namespace PerfKit.Reporting;

/// <summary>A stretch of a timeline's critical path.</summary>
/// <param name="Label">Whose time it was.</param>
/// <param name="Start">The beginning, from the timeline's zero.</param>
/// <param name="Duration">The length.</param>
/// <param name="BarId">The <see cref="TimelineBar.Id"/> of the bar whose own time it was; <see langword="null"/> for time of no bar.</param>
public sealed record TimelineLink(string Label, TimeSpan Start, TimeSpan Duration, string? BarId = null);
