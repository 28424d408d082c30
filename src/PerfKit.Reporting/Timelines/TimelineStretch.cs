namespace PerfKit.Reporting;

/// <summary>A piece of the critical path as it can be seen.</summary>
/// <param name="Lane">The lane of the bars it lies on, from 0; -1 for the path as a whole.</param>
/// <param name="Links">What it stands for, in order of time; at least one.</param>
internal sealed record TimelineStretch(int Lane, IReadOnlyList<TimelineLink> Links)
{
    public TimeSpan Start => TimelineTree.Clamp(Links[0].Start);

    public TimeSpan End => TimelineTree.Add(TimelineTree.Clamp(Links[^1].Start), TimelineTree.Clamp(Links[^1].Duration));
}
