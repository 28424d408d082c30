namespace PerfKit.Statistics;

/// <summary>
/// Of all ways to cut a series, the one whose segments together cost least: optimal partitioning (B. Jackson et al., "An
/// algorithm for optimal partitioning of data on an interval", IEEE Signal Processing Letters 12 (2005), 105–108), pruned
/// as PELT is (R. Killick, P. Fearnhead, I. A. Eckley, "Optimal detection of changepoints with a linear computational cost",
/// JASA 107 (2012), 1590–1598, section 3).
/// </summary>
internal static class Segmentation
{
    /// <summary>Bounds the search, which is quadratic where nothing can be pruned. A longer series is first cut on a grid of this many cells.</summary>
    public const int MaximumCells = 2000;

    /// <summary>Returns where segments begin, ascending, then the count of observations; the first entry is 0.</summary>
    public static List<int> Cut(SegmentCosts costs, int minimumSegment)
    {
        int step = (costs.Count + MaximumCells - 1) / MaximumCells;
        List<int> edges = CutOnGrid(costs, minimumSegment, step);
        if (step > 1)
            Refine(edges, costs, minimumSegment, step);
        return edges;
    }

    private static List<int> CutOnGrid(SegmentCosts costs, int minimumSegment, int step)
    {
        int last = (costs.Count + step - 1) / step;
        int least = (minimumSegment + step - 1) / step;
        double[] best = new double[last + 1];
        int[] previous = new int[last + 1];
        var starts = new Starts(last);
        starts.Add(0);
        for (int end = least; end <= last; end++)
        {
            int to = Math.Min(end * step, costs.Count);
            if (end - least >= least)
                starts.Add(end - least);

            double lowest = double.PositiveInfinity;
            for (int i = 0; i < starts.Count; i++)
            {
                int start = starts[i];
                double cost = best[start] + costs.Of(start * step, to);
                starts.Costs[i] = cost;
                if (cost < lowest && to - start * step >= minimumSegment)       // the last cell may be cut short
                    (lowest, previous[end]) = (cost, start);
            }

            best[end] = lowest;
            starts.Prune(lowest + costs.MostAddedByCut, from: end + least + 1, now: end);
        }

        var edges = new List<int> { costs.Count };
        for (int edge = previous[last]; edge > 0; edge = previous[edge])
            edges.Add(edge * step);
        edges.Add(0);
        edges.Reverse();
        return edges;
    }

    /// <summary>Moves each cut to the best position between its neighbors on the grid, in order.</summary>
    private static void Refine(List<int> edges, SegmentCosts costs, int minimumSegment, int step)
    {
        for (int i = 1; i < edges.Count - 1; i++)
        {
            int from = Math.Max(edges[i] - step + 1, edges[i - 1] + minimumSegment);
            int to = Math.Min(edges[i] + step - 1, edges[i + 1] - minimumSegment);
            double lowest = double.PositiveInfinity;
            int best = edges[i];
            for (int cut = from; cut <= to; cut++)
            {
                double cost = costs.Of(edges[i - 1], cut) + costs.Of(cut, edges[i + 1]);
                if (cost < lowest)
                    (lowest, best) = (cost, cut);
            }

            edges[i] = best;
        }
    }

    /// <summary>Where the segment that ends now may have begun, ascending.</summary>
    private sealed class Starts(int most)
    {
        private readonly int[] _starts = new int[most + 1];
        private readonly int[] _goneFrom = new int[most + 1];

        /// <summary>For each start, what the series costs up to now when its last segment begins there.</summary>
        public double[] Costs { get; } = new double[most + 1];

        public int Count { get; private set; }

        public int this[int index] => _starts[index];

        public void Add(int start)
        {
            _starts[Count] = start;
            _goneFrom[Count++] = int.MaxValue;
        }

        /// <summary>
        /// What costs more than <paramref name="most"/> now will never be best again once a segment that begins now is long
        /// enough, which is from <paramref name="from"/> on; until then it stays.
        /// </summary>
        public void Prune(double most, int from, int now)
        {
            int kept = 0;
            for (int i = 0; i < Count; i++)
            {
                if (Costs[i] > most && _goneFrom[i] == int.MaxValue)
                    _goneFrom[i] = from;
                if (_goneFrom[i] <= now)
                    continue;
                (_starts[kept], _goneFrom[kept]) = (_starts[i], _goneFrom[i]);
                kept++;
            }

            Count = kept;
        }
    }
}
