namespace PerfKit.Statistics;

/// <summary>Reads from each cut of a series what changed there, how surely, and how precisely it is placed.</summary>
internal static class ChangePointReading
{
    /// <summary>What may lie outside of the positions given, on each side.</summary>
    private const double Tail = 0.025;

    public static ChangePoint[] Of(Observations observations, SegmentCosts costs, List<int> edges, int minimumSegment)
    {
        var points = new ChangePoint[edges.Count - 2];
        for (int i = 0; i < points.Length; i++)
            points[i] = Read(observations, costs, edges[i], edges[i + 1], edges[i + 2], minimumSegment);
        return points;
    }

    private static ChangePoint Read(Observations observations, SegmentCosts costs, int start, int cut, int end, int minimumSegment)
    {
        SegmentFit before = costs.Fit(start, cut), after = costs.Fit(cut, end);
        double saved = costs.Of(start, end) - costs.Of(start, cut) - costs.Of(cut, end);
        (int first, int last) = Placed(costs, start, cut, end, minimumSegment);
        int index = observations.Positions[cut];
        return new ChangePoint
        {
            Index = index,
            FirstIndex = observations.Positions[first],
            LastIndex = observations.Positions[last],
            Confidence = 1 / (1 + Math.Exp(-Math.Max(0, saved) / 2)),
            LevelBefore = observations.Center + observations.Unit * before.Level,
            LevelAfter = observations.Center + observations.Unit * after.Level,
            SlopeBefore = observations.Unit * before.Slope,
            SlopeAfter = observations.Unit * after.Slope,
            Step = observations.Unit * (after.At(index) - before.At(index)),
        };
    }

    /// <summary>Each position weighs exp(−cost / 2), its likelihood; what both tails leave is between the positions returned.</summary>
    private static (int First, int Last) Placed(SegmentCosts costs, int start, int cut, int end, int minimumSegment)
    {
        int from = start + minimumSegment;
        double[] weights = new double[end - minimumSegment - from + 1];
        double found = costs.Of(start, cut) + costs.Of(cut, end), total = 0;
        for (int i = 0; i < weights.Length; i++)
            total += weights[i] = Math.Exp((found - costs.Of(start, from + i) - costs.Of(from + i, end)) / 2);

        int first = 0, last = weights.Length - 1;
        for (double tail = weights[first]; tail <= Tail * total; tail += weights[first])
            first++;
        for (double tail = weights[last]; tail <= Tail * total; tail += weights[last])
            last--;
        return (Math.Min(from + first, cut), Math.Max(from + last, cut));
    }
}
