namespace PerfKit.Reporting;

/// <summary>Something to see in a lane: a bar, or one mark for several that could not be told apart.</summary>
/// <param name="Lane">From 0 at the top.</param>
/// <param name="Start">The earliest beginning.</param>
/// <param name="End">The last end.</param>
/// <param name="Bars">What it stands for, in order of start; at least one.</param>
internal sealed record TimelineMark(int Lane, TimeSpan Start, TimeSpan End, IReadOnlyList<TimelineBar> Bars)
{
    /// <summary>Of several bars the gravest kind, so that a failure is not lost among the others.</summary>
    public TimelineBarKind Kind => Bars.Any(bar => bar.Kind == TimelineBarKind.Failed) ? TimelineBarKind.Failed
        : Bars.Any(bar => bar.Kind == TimelineBarKind.Unfinished) ? TimelineBarKind.Unfinished
        : Bars.Min(bar => bar.Kind);

    /// <summary>Time in which at least one of the bars was open; they may overlap, so this is no sum.</summary>
    public TimeSpan Covered
    {
        get
        {
            TimeSpan covered = TimeSpan.Zero;
            TimeSpan end = TimeSpan.Zero;
            foreach (TimelineBar bar in Bars)
            {
                TimeSpan from = TimelineTree.Max(bar.Start, end);
                TimeSpan to = TimelineTree.Add(bar.Start, bar.Duration);
                covered += TimelineTree.Clamp(to - from);
                end = TimelineTree.Max(end, to);
            }

            return covered;
        }
    }
}
