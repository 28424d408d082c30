namespace PerfKit.Reporting;

/// <summary>
/// A timeline as a tree in drawing order, whatever the bars look like: unknown and circular parents become roots,
/// negative times become zero, and of too many bars the shortest are folded into one row beneath each parent.
/// </summary>
internal sealed class TimelineView
{
    private readonly TimelineBar[] _bars;
    private readonly List<int>[] _children;
    private readonly int[] _parents;
    private readonly List<int> _roots = [];

    private TimelineView(TimelineBlock block)
    {
        _bars = [.. block.Bars.Select(Clamped).OrderBy(bar => bar.Start).ThenByDescending(bar => bar.Duration)];
        _children = new List<int>[_bars.Length];
        _parents = new int[_bars.Length];
        Total = _bars.Aggregate(Clamp(block.Total), (total, bar) => Max(total, Add(bar.Start, bar.Duration)));
        Link();
    }

    /// <summary>The length of the axis: at least the last end of a bar. Zero when nothing takes time.</summary>
    public TimeSpan Total { get; }

    public IReadOnlyList<TimelineRow> Rows { get; private set; } = [];

    /// <summary>How many bars have no row of their own.</summary>
    public int Folded => Rows.Sum(row => row.FoldedCount);

    public static TimelineView Create(TimelineBlock block, int maximumBars)
    {
        var view = new TimelineView(block);
        view.Rows = view.Arrange(view.Keep(maximumBars));
        return view;
    }

    /// <summary>Where an instant lies on the axis, 0 to 1.</summary>
    public double Position(TimeSpan at) => Total == TimeSpan.Zero ? 0 : Math.Clamp((double)at.Ticks / Total.Ticks, 0, 1);

    /// <summary>The sum, at most the longest time span there is.</summary>
    public static TimeSpan Add(TimeSpan left, TimeSpan right) => left > TimeSpan.MaxValue - right ? TimeSpan.MaxValue : left + right;

    private static TimelineBar Clamped(TimelineBar bar) => bar with { Start = Clamp(bar.Start), Duration = Clamp(bar.Duration) };

    private static TimeSpan Clamp(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private void Link()
    {
        var byId = new Dictionary<string, int>(_bars.Length, StringComparer.Ordinal);
        for (int i = 0; i < _bars.Length; i++)
        {
            byId.TryAdd(_bars[i].Id, i);
            _children[i] = [];
        }

        for (int i = 0; i < _bars.Length; i++)
        {
            _parents[i] = _bars[i].ParentId is { } id && byId.TryGetValue(id, out int parent) && parent != i ? parent : -1;
            (_parents[i] < 0 ? _roots : _children[_parents[i]]).Add(i);
        }

        CutCircles();
    }

    // What no root leads to lies on a circle of parents, or hangs on one: its earliest bar becomes a root.
    private void CutCircles()
    {
        var reached = new bool[_bars.Length];
        var open = new Stack<int>(_roots);
        for (int next = 0; ;)
        {
            while (open.TryPop(out int i))
            {
                reached[i] = true;
                _children[i].ForEach(open.Push);
            }

            next = Array.IndexOf(reached, false, next);
            if (next < 0)
            {
                break;
            }

            int start = CircleMember(next);
            _children[_parents[start]].Remove(start);
            _parents[start] = -1;
            _roots.Add(start);
            open.Push(start);
        }

        _roots.Sort();
    }

    private int CircleMember(int from)
    {
        var seen = new HashSet<int>();
        while (seen.Add(from))
        {
            from = _parents[from];
        }

        return from;
    }

    private bool[] Keep(int maximum)
    {
        var keep = new bool[_bars.Length];
        if (_bars.Length <= maximum)
        {
            Array.Fill(keep, true);
            return keep;
        }

        int kept = 0;
        IEnumerable<int> byWeight = Enumerable.Range(0, _bars.Length)
            .OrderByDescending(i => _bars[i].Kind is TimelineBarKind.Failed or TimelineBarKind.Unfinished)
            .ThenByDescending(i => _bars[i].Duration);
        foreach (int i in byWeight)
        {
            // A bar is shown with all that it lies in, or not at all.
            List<int> lineage = [];
            for (int at = i; at >= 0 && !keep[at]; at = _parents[at])
            {
                lineage.Add(at);
            }

            if (kept + lineage.Count <= maximum)
            {
                lineage.ForEach(at => keep[at] = true);
                kept += lineage.Count;
            }

            if (kept == maximum)
            {
                break;
            }
        }

        return keep;
    }

    private List<TimelineRow> Arrange(bool[] keep)
    {
        var rows = new List<TimelineRow>();
        var open = new Stack<(int Bar, int Depth, TimelineRow? Fold)>();
        Push(_roots, 0);
        while (open.TryPop(out (int Bar, int Depth, TimelineRow? Fold) next))
        {
            if (next.Fold is { } fold)
            {
                rows.Add(fold);
                continue;
            }

            TimelineBar bar = _bars[next.Bar];
            rows.Add(new TimelineRow(bar, next.Depth, bar.Start, bar.Duration, 0));
            Push(_children[next.Bar], next.Depth + 1);
        }

        return rows;

        void Push(List<int> siblings, int depth)
        {
            if (Fold([.. siblings.Where(i => !keep[i])], depth) is { } fold)
            {
                open.Push((-1, depth, fold));
            }

            foreach (int i in Enumerable.Reverse(siblings).Where(i => keep[i]))
            {
                open.Push((i, depth, null));
            }
        }
    }

    private TimelineRow? Fold(int[] hidden, int depth)
    {
        if (hidden.Length == 0)
        {
            return null;
        }

        int count = 0;
        TimeSpan start = TimeSpan.MaxValue;
        TimeSpan end = TimeSpan.Zero;
        var open = new Stack<int>(hidden);
        while (open.TryPop(out int i))
        {
            count++;
            start = start < _bars[i].Start ? start : _bars[i].Start;
            end = Max(end, Add(_bars[i].Start, _bars[i].Duration));
            _children[i].ForEach(open.Push);
        }

        return new TimelineRow(null, depth, start, end - start, count);
    }
}
