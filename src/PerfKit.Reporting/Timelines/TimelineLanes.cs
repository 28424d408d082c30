namespace PerfKit.Reporting;

/// <summary>
/// Packs a timeline into lanes: items that are apart share one, what lies in an item stands beneath it, and nothing else comes
/// between the two. Each item with all beneath it is a rectangle, placed as high as it fits. When the lanes are too many, the
/// items that matter least get none: the shortest that neither failed nor were waited for.
/// </summary>
internal sealed class TimelineLanes
{
    private readonly TimelineItems _items;
    private readonly int _maximum;
    private readonly int[] _heights;
    private readonly int[] _offsets;
    private readonly (TimeSpan Start, TimeSpan End)[] _spans;
    private readonly TimeSpan[] _rows;
    private readonly int[] _lanes;
    private int[] _ranks;

    private TimelineLanes(TimelineItems items, int maximum)
    {
        (_items, _maximum) = (items, maximum);
        int count = items.All.Count;
        (_heights, _offsets, _lanes, _ranks) = (new int[count], new int[count], new int[count], new int[count]);
        _spans = new (TimeSpan, TimeSpan)[count];
        _rows = new TimeSpan[maximum];
    }

    /// <summary>How many lanes there are.</summary>
    public int Count { get; private set; }

    /// <summary>The lane of an item, from 0 at the top; -1 when it has none.</summary>
    public int this[int item] => _lanes[item];

    /// <summary>Gives every item a lane; <see langword="null"/> when there are not enough.</summary>
    public static TimelineLanes? PackAll(TimelineItems items, int maximum)
    {
        var lanes = new TimelineLanes(items, maximum);
        return lanes.TryPack(items.All.Count) ? lanes.Assigned(items.All.Count) : null;
    }

    /// <summary>Gives as many items a lane as there is room for.</summary>
    /// <param name="items">The items.</param>
    /// <param name="weight">The items that weigh most get one first, together with what they lie in.</param>
    /// <param name="maximum">The most lanes there may be.</param>
    public static TimelineLanes PackMost(TimelineItems items, Func<TimelineItem, int> weight, int maximum)
    {
        var lanes = new TimelineLanes(items, maximum) { _ranks = Ranks(items, weight) };

        // By bisection; packing is not quite monotonic, so only what has been packed counts.
        int fits = 0;
        for (int low = 1, high = items.All.Count; low <= high;)
        {
            int kept = low + ((high - low) / 2);
            (fits, low, high) = lanes.TryPack(kept) ? (kept, kept + 1, high) : (fits, low, kept - 1);
        }

        lanes.TryPack(fits);
        return lanes.Assigned(fits);
    }

    // The order in which items get a lane, each after all that it lies in.
    private static int[] Ranks(TimelineItems items, Func<TimelineItem, int> weight)
    {
        var ranks = new int[items.All.Count];
        Array.Fill(ranks, -1);
        int next = 0;
        var lineage = new Stack<int>();
        foreach (int i in Enumerable.Range(0, ranks.Length)
            .OrderByDescending(i => weight(items.All[i])).ThenByDescending(i => items.All[i].End - items.All[i].Start))
        {
            for (int at = i; at >= 0 && ranks[at] < 0; at = items.All[at].Parent)
            {
                lineage.Push(at);
            }

            while (lineage.TryPop(out int at))
            {
                ranks[at] = next++;
            }
        }

        return ranks;
    }

    private TimelineLanes Assigned(int kept)
    {
        for (int i = 0; i < _lanes.Length; i++)
        {
            int parent = _items.All[i].Parent;
            _lanes[i] = IsLeftOut(i, kept) ? -1 : (parent < 0 ? 0 : _lanes[parent] + 1) + _offsets[i];
            Count = Math.Max(Count, _lanes[i] + 1);
        }

        return this;
    }

    // Ranks are all zero until they are needed.
    private bool IsLeftOut(int item, int kept) => _ranks[item] >= kept;

    private bool TryPack(int kept)
    {
        for (int i = _lanes.Length - 1; i >= 0; i--)
        {
            if (IsLeftOut(i, kept))
            {
                continue;
            }

            TimelineItem item = _items.All[i];
            int beneath = Place(item.Children, kept);
            if (beneath < 0 || beneath == _maximum)
            {
                return false;
            }

            _heights[i] = 1 + beneath;
            _spans[i] = item.Children.Where(child => !IsLeftOut(child, kept)).Aggregate(
                (item.Start, item.End),
                (span, child) => (TimelineTree.Min(span.Start, _spans[child].Start), TimelineTree.Max(span.End, _spans[child].End)));
        }

        return Place(_items.Roots, kept) >= 0;
    }

    /// <summary>Places siblings, which come in order of start.</summary>
    /// <returns>How many lanes they take together, or -1 when they do not fit.</returns>
    private int Place(IEnumerable<int> siblings, int kept)
    {
        int used = 0;
        foreach (int item in siblings)
        {
            if (IsLeftOut(item, kept))
            {
                continue;
            }

            int lane = FirstFree(used, _heights[item], _spans[item].Start);
            if (lane + _heights[item] > _maximum)
            {
                return -1;
            }

            _rows.AsSpan(lane, _heights[item]).Fill(_spans[item].End);
            used = Math.Max(used, lane + _heights[item]);
            _offsets[item] = lane;
        }

        return used;
    }

    // The highest place where the lanes beneath one another are free; below those in use all are.
    private int FirstFree(int used, int height, TimeSpan from)
    {
        int lane = 0;
        for (int at = Math.Min(height, used) - 1; at >= lane; at--)
        {
            if (_rows[at] > from)
            {
                lane = at + 1;
                at = Math.Min(lane + height, used);
            }
        }

        return lane;
    }
}
