namespace PerfKit.Reporting;

/// <summary>The bars of a timeline as far as they can be seen at a resolution. Every bar is in exactly one item.</summary>
internal sealed class TimelineItems
{
    /// <summary>A bundle is at most this wide (of the axis), so that one can still point at a place.</summary>
    public const double WidestBundle = 0.01;

    private readonly TimelineTree _tree;
    private readonly double _resolution;
    private readonly List<TimelineItem> _all = [];
    private readonly int[] _itemOf;

    /// <param name="tree">The bars.</param>
    /// <param name="resolution">What is narrower (of the axis) cannot be seen apart.</param>
    public TimelineItems(TimelineTree tree, double resolution)
    {
        (_tree, _resolution) = (tree, resolution);
        _itemOf = new int[tree.Bars.Count];
        Add(tree.Roots, -1);
        for (int i = 0; i < _all.Count; i++)
        {
            if (_all[i].Bars is [int only] && !IsNarrow(only))
            {
                Add(tree.ChildrenOf(only), i);
            }
        }

        foreach (TimelineItem bundle in _all.Where(item => item.Bars.Count > 1 || IsNarrow(item.Bars[0])))
        {
            Fill(bundle);
        }
    }

    /// <summary>Parents before what lies in them, and siblings in order of start.</summary>
    public IReadOnlyList<TimelineItem> All => _all;

    public IEnumerable<int> Roots => Enumerable.Range(0, _all.Count).Where(item => _all[item].Parent < 0);

    /// <summary>The item a bar is in.</summary>
    public int ItemOf(int bar) => _itemOf[bar];

    private bool IsNarrow(int bar) => _tree.Position(_tree.Spans[bar].End - _tree.Spans[bar].Start) < _resolution;

    private void Add(IReadOnlyList<int> siblings, int parent)
    {
        TimelineItem? bundle = null;
        foreach (int bar in siblings)
        {
            (TimeSpan start, TimeSpan end) = _tree.Spans[bar];
            bool isNarrow = IsNarrow(bar);
            if (isNarrow && bundle is not null && _tree.Position(start - bundle.End) < _resolution
                && _tree.Position(end - bundle.Start) < Math.Max(WidestBundle, _resolution * 2))
            {
                bundle.Bars.Add(bar);
                bundle.Start = TimelineTree.Min(bundle.Start, start);
                bundle.End = TimelineTree.Max(bundle.End, end);
                continue;
            }

            var item = new TimelineItem(parent, [bar]) { Start = _tree.Bars[bar].Start, End = _tree.EndOf(bar) };
            if (isNarrow)
            {
                (item.Start, item.End) = (start, end);
                bundle = item;
            }

            _itemOf[bar] = _all.Count;
            if (parent >= 0)
            {
                _all[parent].Children.Add(_all.Count);
            }

            _all.Add(item);
        }
    }

    // So far the bundle has its outermost bars; what lies in them follows.
    private void Fill(TimelineItem bundle)
    {
        int item = _itemOf[bundle.Bars[0]];
        for (int i = 0; i < bundle.Bars.Count; i++)
        {
            _itemOf[bundle.Bars[i]] = item;
            bundle.Bars.AddRange(_tree.ChildrenOf(bundle.Bars[i]));
        }

        bundle.Bars.Sort();
    }
}
