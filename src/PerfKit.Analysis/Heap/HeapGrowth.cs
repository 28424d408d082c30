using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Analysis;

/// <summary>Memory that grew, by a trend that is significant, notable and goes on to the end.</summary>
/// <param name="PerSecond">Bytes a second, by the trend.</param>
/// <param name="Last">The level at the end, in bytes.</param>
/// <param name="Span">From the first level judged to the last.</param>
/// <param name="Points">How many were judged.</param>
internal readonly record struct HeapGrowth(double PerSecond, double Last, TimeSpan Span, int Points)
{
    private const double TrendConfidence = 0.99;

    // A twentieth of what is there already; less may be rounding in how objects pack.
    private const double MinGrowthShare = 0.05;

    // Of the growth that the trend predicts for the last quarter, so much must have come.
    private const double MinLateShare = 0.5;

    // Of what grew old, so much must have been alive at the last full collection.
    private const double MinRetainedShare = 0.5;

    /// <summary>The growth of levels, from the first to the last; <c>null</c> when there is none.</summary>
    public static HeapGrowth? Of(List<HeapLevel> levels)
    {
        if (levels.Count < RobustTrend.MinimumCount)
            return null;
        double[] times = levels.ConvertAll(level => level.Seconds).ToArray();
        double[] values = levels.ConvertAll(level => level.Bytes).ToArray();
        Trend trend = RobustTrend.Fit(times, values, TrendConfidence);
        if (trend is not { Direction: TrendDirection.Rising, SlopeLow: > 0, Slope: double slope })
            return null;
        double span = times[^1] - times[0];
        int quarter = Math.Max(2, levels.Count / 4);
        double late = Middle(values, levels.Count - quarter, levels.Count) - Middle(values, levels.Count - (2 * quarter), levels.Count - quarter);
        double lateTime = Middle(times, levels.Count - quarter, levels.Count) - Middle(times, levels.Count - (2 * quarter), levels.Count - quarter);
        bool goesOn = late >= MinLateShare * slope * lateTime;
        bool isNotable = slope * span >= MinGrowthShare * Middle(values, 0, levels.Count);
        return goesOn && isNotable ? new HeapGrowth(slope, values[^1], TimeSpan.FromSeconds(span), levels.Count) : null;
    }

    /// <summary>
    /// What has grown old up to the last full collection, which must come in the second half of the window: as levels to be judged,
    /// and whether the growth is real. It is where that collection left most of it, and it has gone on since. What a cache replaces, or
    /// a batch gives back, grows old too, but is not left.
    /// </summary>
    /// <returns>No levels where no full collection came so late.</returns>
    public static (List<HeapLevel> Levels, bool IsReal) UpToLastFull(IReadOnlyList<ResourceSample> samples)
    {
        double window = samples.Sum(sample => (sample.Interval ?? TimeSpan.Zero).TotalSeconds);
        if (HeapLevels.AfterFullCollections(samples) is not [.., var full] || full.Seconds < window / 2)
            return ([], false);
        List<HeapLevel> all = HeapLevels.OldObjects(samples).FindAll(level => level.Seconds >= window / 3);
        List<HeapLevel> confirmed = all.FindAll(level => level.Seconds <= full.Seconds);
        return (confirmed, confirmed.Count > 0 && GoesOn(confirmed, all[^1]) && Retained(confirmed) >= MinRetainedShare);
    }

    // Old objects grow in steps, when a collection promotes some. Where that may be due yet, nothing speaks against it.
    private static bool GoesOn(List<HeapLevel> confirmed, HeapLevel last)
    {
        if (last.Bytes > confirmed[^1].Bytes)
            return true;
        double longest = 0, rose = confirmed[0].Seconds;
        for (int i = 1; i < confirmed.Count; i++)
        {
            if (confirmed[i].Bytes <= confirmed[i - 1].Bytes)
                continue;
            longest = Math.Max(longest, confirmed[i].Seconds - rose);
            rose = confirmed[i].Seconds;
        }
        return last.Seconds - confirmed[^1].Seconds <= longest;
    }

    // The first level may hold garbage and the last holds none, so their difference is at most what has really grown.
    private static double Retained(List<HeapLevel> levels)
    {
        double added = 0;
        for (int i = 1; i < levels.Count; i++)
            added += Math.Max(0, levels[i].Bytes - levels[i - 1].Bytes);
        return added > 0 ? (levels[^1].Bytes - levels[0].Bytes) / added : 0;
    }

    private static double Middle(double[] values, int from, int to) => Quantile.Of(values.AsSpan(from, to - from), 0.5)!.Value;
}
