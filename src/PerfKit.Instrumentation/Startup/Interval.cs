namespace PerfKit.Instrumentation;

/// <summary>A stretch of time in raw timestamps.</summary>
internal readonly record struct Interval(long Begin, long End)
{
    public long Length => End - Begin;

    /// <summary>The part up to an instant; of negative length when it began later.</summary>
    public Interval Until(long instant) => this with { End = Math.Min(End, instant) };

    /// <summary>Time covered by at least one interval, counted between two bounds only.</summary>
    public static long Union(List<Interval>? intervals, long from, long to) =>
        Merge(intervals).Sum(interval => Math.Max(0, Math.Min(interval.End, to) - Math.Max(interval.Begin, from)));

    /// <summary>Time covered by both groups.</summary>
    public static long Overlap(List<Interval> first, List<Interval> second)
    {
        List<Interval> a = Merge(first), b = Merge(second);
        long overlap = 0;
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            overlap += Math.Max(0, Math.Min(a[i].End, b[j].End) - Math.Max(a[i].Begin, b[j].Begin));
            if (a[i].End < b[j].End) i++; else j++;
        }
        return overlap;
    }

    private static List<Interval> Merge(List<Interval>? intervals)
    {
        var merged = new List<Interval>();
        foreach (Interval next in (intervals ?? []).OrderBy(interval => interval.Begin))
        {
            if (merged.Count > 0 && next.Begin <= merged[^1].End)
                merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, next.End) };
            else
                merged.Add(next);
        }
        return merged;
    }
}
