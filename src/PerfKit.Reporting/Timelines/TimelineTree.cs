namespace PerfKit.Reporting;

/// <summary>
/// The bars of a timeline as a tree, in order of start, whatever they look like: unknown and circular parents become roots,
/// negative times become zero. Near-linear, and without recursion: bars may nest deeper than a thread's stack.
/// </summary>
internal sealed class TimelineTree
{
    private readonly TimelineBar[] _bars;
    private readonly List<int>[] _children;
    private readonly int[] _parents;
    private readonly List<int> _roots = [];
    private readonly Dictionary<string, int> _byId;

    public TimelineTree(TimelineBlock block)
    {
        _bars = [.. block.Bars.Select(Clamped).OrderBy(bar => bar.Start).ThenByDescending(bar => bar.Duration)];
        _children = new List<int>[_bars.Length];
        _parents = new int[_bars.Length];
        _byId = new Dictionary<string, int>(_bars.Length, StringComparer.Ordinal);
        Total = _bars.Aggregate(Clamp(block.Total), (total, bar) => Max(total, Add(bar.Start, bar.Duration)));
        Link();
        CutCircles();
        Order = Preorder();
        Spans = MeasureSpans();
    }

    /// <summary>The length of the axis: at least the last end of a bar. Zero when nothing takes time.</summary>
    public TimeSpan Total { get; }

    /// <summary>In order of start; of those that start together the longest first.</summary>
    public IReadOnlyList<TimelineBar> Bars => _bars;

    public IReadOnlyList<int> Roots => _roots;

    /// <summary>Every bar once, parents before what lies in them.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>For each bar, from where to where it reaches together with all that lies in it, which may outlive it.</summary>
    public IReadOnlyList<(TimeSpan Start, TimeSpan End)> Spans { get; }

    public IReadOnlyList<int> ChildrenOf(int bar) => _children[bar];

    /// <summary>The bar it lies in, or -1.</summary>
    public int ParentOf(int bar) => _parents[bar];

    /// <summary>The bar of an id, the first of several, or -1.</summary>
    public int IndexOf(string? id) => id is not null && _byId.TryGetValue(id, out int bar) ? bar : -1;

    public TimeSpan EndOf(int bar) => Add(_bars[bar].Start, _bars[bar].Duration);

    /// <summary>Where an instant lies on the axis, 0 to 1.</summary>
    public double Position(TimeSpan at) => Total == TimeSpan.Zero ? 0 : Math.Clamp((double)at.Ticks / Total.Ticks, 0, 1);

    /// <summary>The sum, at most the longest time span there is.</summary>
    public static TimeSpan Add(TimeSpan left, TimeSpan right) => left > TimeSpan.MaxValue - right ? TimeSpan.MaxValue : left + right;

    public static TimeSpan Clamp(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;

    public static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    public static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    public static TimelineBar Clamped(TimelineBar bar) => bar with { Start = Clamp(bar.Start), Duration = Clamp(bar.Duration) };

    private void Link()
    {
        for (int i = 0; i < _bars.Length; i++)
        {
            _byId.TryAdd(_bars[i].Id, i);
            _children[i] = [];
        }

        for (int i = 0; i < _bars.Length; i++)
        {
            int parent = IndexOf(_bars[i].ParentId);
            _parents[i] = parent == i ? -1 : parent;
            (_parents[i] < 0 ? _roots : _children[_parents[i]]).Add(i);
        }
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

    private (TimeSpan Start, TimeSpan End)[] MeasureSpans()
    {
        var spans = new (TimeSpan Start, TimeSpan End)[_bars.Length];
        foreach (int bar in Order.Reverse())
        {
            spans[bar] = (_bars[bar].Start, EndOf(bar));
            foreach (int child in _children[bar])
            {
                spans[bar] = (Min(spans[bar].Start, spans[child].Start), Max(spans[bar].End, spans[child].End));
            }
        }

        return spans;
    }

    private int[] Preorder()
    {
        var order = new List<int>(_bars.Length);
        var open = new Stack<int>(Enumerable.Reverse(_roots));
        while (open.TryPop(out int i))
        {
            order.Add(i);
            for (int child = _children[i].Count - 1; child >= 0; child--)
            {
                open.Push(_children[i][child]);
            }
        }

        return [.. order];
    }
}
