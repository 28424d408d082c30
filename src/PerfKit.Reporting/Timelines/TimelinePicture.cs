namespace PerfKit.Reporting;

/// <summary>
/// A timeline as it can be seen: bars in lanes, neighbors too narrow to be seen apart as one mark, bars that found no lane
/// together in the last one, and the stretches of the critical path on them. Every bar is in exactly one mark.
/// </summary>
internal sealed class TimelinePicture
{
    /// <summary>Where bundling begins: half a pixel of a usual page.</summary>
    private const double Finest = 1.0 / 2000;

    /// <summary>Where it ends while there are too many lanes: coarser pictures tell less than leaving the shortest out.</summary>
    private const double Coarsest = 1.0 / 60;

    private readonly TimelineTree _tree;
    private readonly TimelineItems _items;
    private readonly TimelineLanes _lanes;

    private TimelinePicture(TimelineTree tree, TimelineItems items, TimelineLanes lanes, TimelineLink[] path, double resolution)
    {
        (_tree, _items, _lanes) = (tree, items, lanes);
        Marks =
        [
            .. Enumerable.Range(0, items.All.Count).Where(item => lanes[item] >= 0)
                .Select(item => new TimelineMark(lanes[item], items.All[item].Start, items.All[item].End, BarsOf(item)))
                .OrderBy(mark => mark.Lane).ThenBy(mark => mark.Start),
            .. WithoutLane(resolution),
        ];
        Path = StretchesOf(-1, path, resolution);
        Stretches = [.. path.GroupBy(LaneOf).Where(lane => lane.Key >= 0)
            .SelectMany(lane => StretchesOf(lane.Key, lane, resolution)).OrderBy(stretch => stretch.Start)];
    }

    /// <summary>Lanes of bars, without the one of those that found none.</summary>
    public int LaneCount => _lanes.Count;

    /// <summary>By lane, then in order of start.</summary>
    public IReadOnlyList<TimelineMark> Marks { get; }

    /// <summary>The critical path from end to end, in order of time.</summary>
    public IReadOnlyList<TimelineStretch> Path { get; }

    /// <summary>Where the critical path runs along bars that have a lane, in order of time.</summary>
    public IReadOnlyList<TimelineStretch> Stretches { get; }

    private int Count => Marks.Count + Path.Count + Stretches.Count;

    public static TimelinePicture Create(TimelineTree tree, TimelineBlock block, int maximumLanes, int maximumMarks)
    {
        TimelineLink[] path = [.. block.CriticalPath.Select(Clamped).Where(link => link.Duration > TimeSpan.Zero).OrderBy(link => link.Start)];
        HashSet<int> onPath = [.. path.Select(link => tree.IndexOf(link.BarId))];
        for (double resolution = Finest; ; resolution *= 2)
        {
            var items = new TimelineItems(tree, resolution);
            TimelineLanes? lanes = TimelineLanes.PackAll(items, maximumLanes)
                ?? (resolution < Coarsest ? null : TimelineLanes.PackMost(items, Weight, maximumLanes));
            if (lanes is null)
            {
                continue;
            }

            var picture = new TimelinePicture(tree, items, lanes, path, resolution);
            if (picture.Count <= maximumMarks || resolution > 1)
            {
                return picture;
            }
        }

        int Weight(TimelineItem item) => item.Bars.Any(onPath.Contains) ? 2
            : item.Bars.Any(bar => tree.Bars[bar].Kind is TimelineBarKind.Failed or TimelineBarKind.Unfinished) ? 1 : 0;
    }

    private TimelineBar[] BarsOf(int item) => [.. _items.All[item].Bars.Select(bar => _tree.Bars[bar])];

    // What has no lane may overlap: it becomes marks that are apart.
    private IEnumerable<TimelineMark> WithoutLane(double resolution)
    {
        var open = new List<TimelineBar>();
        TimeSpan end = TimeSpan.Zero;
        foreach (TimelineBar bar in Enumerable.Range(0, _tree.Bars.Count).Where(bar => _lanes[_items.ItemOf(bar)] < 0).Select(bar => _tree.Bars[bar]))
        {
            if (open.Count > 0 && _tree.Position(bar.Start - end) >= resolution)
            {
                yield return new TimelineMark(LaneCount, open[0].Start, end, open);
                open = [];
            }

            open.Add(bar);
            end = TimelineTree.Max(end, TimelineTree.Add(bar.Start, bar.Duration));
        }

        if (open.Count > 0)
        {
            yield return new TimelineMark(LaneCount, open[0].Start, end, open);
        }
    }

    private List<TimelineStretch> StretchesOf(int lane, IEnumerable<TimelineLink> links, double resolution)
    {
        var stretches = new List<TimelineStretch>();
        var open = new List<TimelineLink>();
        foreach (TimelineLink link in links)
        {
            // On a bar the path is one line; as a whole it is a row of links with a name each, as long as they can be seen.
            bool isNear = open.Count > 0 && _tree.Position(link.Start - TimelineTree.Add(open[^1].Start, open[^1].Duration)) < resolution;
            bool isMerged = lane >= 0 || (open.Count > 0
                && _tree.Position(link.Start - open[0].Start) < Math.Max(TimelineItems.WidestBundle, resolution * 2)
                && _tree.Position(link.Duration) < resolution && _tree.Position(open[^1].Duration) < resolution);
            if (open.Count > 0 && !(isNear && isMerged))
            {
                stretches.Add(new TimelineStretch(lane, open));
                open = [];
            }

            open.Add(link);
        }

        if (open.Count > 0)
        {
            stretches.Add(new TimelineStretch(lane, open));
        }

        return stretches;
    }

    private static TimelineLink Clamped(TimelineLink link) =>
        link with { Start = TimelineTree.Clamp(link.Start), Duration = TimelineTree.Clamp(link.Duration) };

    private int LaneOf(TimelineLink link) => _tree.IndexOf(link.BarId) is var bar and >= 0 ? _lanes[_items.ItemOf(bar)] : -1;
}
