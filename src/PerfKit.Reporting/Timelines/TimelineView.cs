namespace PerfKit.Reporting;

/// <summary>
/// A timeline as lines in drawing order, each bar followed by those that lie in it. Of too many bars the shortest are folded
/// into one row beneath each parent.
/// </summary>
internal sealed class TimelineView
{
    private readonly TimelineTree _tree;

    private TimelineView(TimelineTree tree, int maximumBars)
    {
        _tree = tree;
        Rows = Arrange(Keep(maximumBars));
    }

    /// <inheritdoc cref="TimelineTree.Total"/>
    public TimeSpan Total => _tree.Total;

    public IReadOnlyList<TimelineRow> Rows { get; }

    /// <summary>How many bars have no row of their own.</summary>
    public int Folded => Rows.Sum(row => row.FoldedCount);

    public static TimelineView Create(TimelineBlock block, int maximumBars) => Create(new TimelineTree(block), maximumBars);

    public static TimelineView Create(TimelineTree tree, int maximumBars) => new(tree, maximumBars);

    /// <inheritdoc cref="TimelineTree.Position"/>
    public double Position(TimeSpan at) => _tree.Position(at);

    private bool[] Keep(int maximum)
    {
        var keep = new bool[_tree.Bars.Count];
        if (keep.Length <= maximum)
        {
            Array.Fill(keep, true);
            return keep;
        }

        int kept = 0;
        IEnumerable<int> byWeight = Enumerable.Range(0, keep.Length)
            .OrderByDescending(i => _tree.Bars[i].Kind is TimelineBarKind.Failed or TimelineBarKind.Unfinished)
            .ThenByDescending(i => _tree.Bars[i].Duration);
        foreach (int i in byWeight)
        {
            if (kept >= maximum)
            {
                break;
            }

            // A bar is shown with all that it lies in, or not at all.
            List<int> lineage = [];
            for (int at = i; at >= 0 && !keep[at] && lineage.Count <= maximum - kept; at = _tree.ParentOf(at))
            {
                lineage.Add(at);
            }

            if (kept + lineage.Count <= maximum)
            {
                lineage.ForEach(at => keep[at] = true);
                kept += lineage.Count;
            }
        }

        return keep;
    }

    private List<TimelineRow> Arrange(bool[] keep)
    {
        var rows = new List<TimelineRow>();
        var open = new Stack<(int Bar, int Depth, TimelineRow? Fold)>();
        Push(_tree.Roots, 0);
        while (open.TryPop(out (int Bar, int Depth, TimelineRow? Fold) next))
        {
            if (next.Fold is { } fold)
            {
                rows.Add(fold);
                continue;
            }

            TimelineBar bar = _tree.Bars[next.Bar];
            rows.Add(new TimelineRow(bar, next.Depth, bar.Start, bar.Duration, 0));
            Push(_tree.ChildrenOf(next.Bar), next.Depth + 1);
        }

        return rows;

        void Push(IReadOnlyList<int> siblings, int depth)
        {
            if (Fold([.. siblings.Where(i => !keep[i])], depth) is { } fold)
            {
                open.Push((-1, depth, fold));
            }

            foreach (int i in siblings.Reverse().Where(i => keep[i]))
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
            start = start < _tree.Bars[i].Start ? start : _tree.Bars[i].Start;
            end = TimelineTree.Max(end, _tree.EndOf(i));
            foreach (int child in _tree.ChildrenOf(i))
            {
                open.Push(child);
            }
        }

        return new TimelineRow(null, depth, start, end - start, count);
    }
}
