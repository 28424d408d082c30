namespace PerfKit.Reporting;

/// <summary>
/// Puts bars into lanes: in one lane, two bars are apart or one lies wholly in the other, as viewers require of the
/// slices of one thread. Bars that overlap otherwise get lanes of their own.
/// </summary>
internal static class TraceLanes
{
    /// <summary>Assigns a lane to each bar.</summary>
    /// <param name="bars">Bars with times that are not negative.</param>
    /// <returns>Each bar with its lane, from 0, in order of start.</returns>
    public static IReadOnlyList<(TimelineBar Bar, int Lane)> Assign(IEnumerable<TimelineBar> bars)
    {
        var placed = new List<(TimelineBar, int)>();
        var lanes = new List<Stack<TimeSpan>>(); // ends of the bars that are open in each lane, the innermost on top
        foreach (TimelineBar bar in bars.OrderBy(bar => bar.Start).ThenByDescending(bar => bar.Duration))
        {
            TimeSpan end = TimelineTree.Add(bar.Start, bar.Duration);
            int lane = 0;
            while (lane < lanes.Count && !Fits(lanes[lane], bar.Start, end))
            {
                lane++;
            }

            if (lane == lanes.Count)
            {
                lanes.Add(new Stack<TimeSpan>());
            }

            lanes[lane].Push(end);
            placed.Add((bar, lane));
        }

        return placed;
    }

    private static bool Fits(Stack<TimeSpan> open, TimeSpan start, TimeSpan end)
    {
        while (open.TryPeek(out TimeSpan innermost) && innermost <= start)
        {
            open.Pop();
        }

        return !open.TryPeek(out TimeSpan around) || end <= around;
    }
}
