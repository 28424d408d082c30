namespace PerfKit.Sampling;

/// <summary>A figure that could not be read, and why: what a report shows instead of a silent gap.</summary>
/// <param name="Figure">The property of <see cref="ResourceSample"/>, or several parted by a comma and a space. In parentheses, what is no
/// property: a reader that failed as a whole, or the schedule.</param>
/// <param name="Reason">The first reason met, in words, with the file where there is one.</param>
public sealed record UnavailableFigure(string Figure, string Reason);
