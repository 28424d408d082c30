namespace PerfKit.Reporting;

/// <summary>A part of what a bar's time was made of. It has a length but no place: where in the bar it lay is not known.</summary>
/// <param name="Kind">What the time went to.</param>
/// <param name="Label">Its name.</param>
/// <param name="Duration">How much of the bar it was; a negative one counts as zero.</param>
public sealed record TimelinePart(TimelinePartKind Kind, string Label, TimeSpan Duration);
