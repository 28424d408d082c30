using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Analysis;

/// <summary>
/// PK0003. Growth that lasts, of what full collections leave on the heap, or of memory outside the heap. A rising high-water
/// mark is no leak: each point is what survived a collection of generation 2, the first third of them is left out as warm-up,
/// the trend must be significant, and it must go on to the end, which that of a cache that has filled does not.
/// </summary>
internal sealed class MemoryLeakDetector : Detector
{
    private const double TrendConfidence = 0.99;

    // Of what is judged. Whatever has just begun to serve grows for seconds; what lies outside the heap (compiled code, stacks of
    // new pool threads, the pages of a database's cache) for longer, and there every sample is a point.
    private static readonly TimeSpan MinHeapSpan = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MinOutsideSpan = TimeSpan.FromMinutes(1);

    // A twentieth of what is there already; less may be rounding in how objects pack.
    private const double MinGrowthShare = 0.05;

    // Of the growth that the trend predicts for the last quarter, so much must have come.
    private const double MinLateShare = 0.5;

    // A service that allocates less than half cannot be told from its neighbors as the one that keeps.
    private const double NotableShare = 0.5;

    public static bool IsOfHeap(Bottleneck leak) => leak.Evidence[0].Measure == HeapGrowth;

    public override RuleId Rule => Analysis.Rule.MemoryLeak;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        List<(double Seconds, double Bytes)> live = LiveHeap(observations.Samples), outside = OutsideHeap(observations.Samples);
        if (Growth(live) is { } heap && heap.Span >= MinHeapSpan && Found(observations, heap, thresholds, isManaged: true) is { } managed)
            return Judgement.Of([managed]);
        // Memory outside the heap is judged only while the heap stands still: its overhead grows along with it.
        if (Growth(outside) is { } native && native.Span >= MinOutsideSpan && Found(observations, native, thresholds, isManaged: false) is { } unmanaged)
            return Judgement.Of([unmanaged]);
        int judged = live.Count - (live.Count / 3);
        Evidence[] seen = live.Count == 0 ? [] : [new Evidence("live heap after the last full collection", live[^1].Bytes, MeasureUnit.Bytes, null, observations.Window)];
        bool isShort = live.Count == 0 || TimeSpan.FromSeconds(live[^1].Seconds - live[live.Count / 3].Seconds) < MinHeapSpan;
        return judged < RobustTrend.MinimumCount || isShort
            ? Judgement.Lacks($"{live.Count} full collections came in the window, and a verdict takes twelve over half a minute")
            : Judgement.Excused("what full collections leave does not grow without end", seen);
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        bool isManaged = bottleneck.Evidence[0].Measure == HeapGrowth;
        double perMinute = bottleneck.Evidence[0].Value;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = isManaged ? "Find what keeps objects alive" : "Find what takes memory outside the managed heap",
            Actions = isManaged
                ?
                [
                    "Take two heap dumps some minutes apart, and compare which types grew and what holds them.",
                    "Look first at static collections, caches without a bound, event handlers that are never removed, and timers.",
                    "Bound caches by count or size, and let what may go be held weakly.",
                ]
                :
                [
                    "Look for handles, streams and native objects that are not disposed: images, connections, compression, interop.",
                    "Count threads and memory-mapped files over time.",
                ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = new PredictedSaving(perMinute, perMinute, MeasureUnit.Bytes, "growth a minute"),
            Basis = "What no longer leaks no longer grows.",
            Verification = "Audit run time again for as long, under the same load, and compare the growth.",
            Evidence = bottleneck.Evidence,
        };
    }

    private const string HeapGrowth = "growth of the live heap, a minute";
    private const string OutsideGrowth = "growth outside the managed heap, a minute";

    private static Bottleneck? Found(Observations observations, Growing growing, Thresholds thresholds, bool isManaged)
    {
        double perMinute = growing.PerSecond * 60;
        double score = Impact.Score(Impact.Excess(perMinute, thresholds.LeakBytesPerMinute, thresholds.LeakCriticalPerMinute));
        if (score <= 0)
            return null;
        string service = observations.Application;
        if (isManaged && observations.TopAllocator() is { Share: >= NotableShare } top && top.BytesPerSecond >= growing.PerSecond)
            service = top.Service;
        string by = service == observations.Application ? "" : $"; {service} allocates most";
        return Bottleneck.Of(Analysis.Rule.MemoryLeak, BottleneckType.MemoryLeak, service, score, Confidence.Of(growing.Points),
            isManaged
                ? $"What full collections leave on the heap grew by {Text.Bytes(perMinute)} a minute, to {Text.Bytes(growing.Last)}{by}."
                : $"Memory outside the managed heap grew by {Text.Bytes(perMinute)} a minute, to {Text.Bytes(growing.Last)}.",
            [
                new Evidence(isManaged ? HeapGrowth : OutsideGrowth, perMinute, MeasureUnit.Bytes, thresholds.LeakBytesPerMinute, growing.Span),
                new Evidence("at the end", growing.Last, MeasureUnit.Bytes, null, growing.Span),
                new Evidence("measured points", growing.Points, MeasureUnit.Count, null, growing.Span),
            ]);
    }

    private static Growing? Growth(List<(double Seconds, double Bytes)> points)
    {
        points = points[(points.Count / 3)..];
        if (points.Count < RobustTrend.MinimumCount)
            return null;
        double[] times = points.ConvertAll(point => point.Seconds).ToArray();
        double[] values = points.ConvertAll(point => point.Bytes).ToArray();
        Trend trend = RobustTrend.Fit(times, values, TrendConfidence);
        if (trend is not { Direction: TrendDirection.Rising, SlopeLow: > 0, Slope: double slope })
            return null;
        double span = times[^1] - times[0];
        int quarter = Math.Max(2, points.Count / 4);
        double late = Middle(values, points.Count - quarter, points.Count) - Middle(values, points.Count - (2 * quarter), points.Count - quarter);
        double lateTime = Middle(times, points.Count - quarter, points.Count) - Middle(times, points.Count - (2 * quarter), points.Count - quarter);
        bool goesOn = late >= MinLateShare * slope * lateTime;
        bool isNotable = slope * span >= MinGrowthShare * Middle(values, 0, points.Count);
        return goesOn && isNotable ? new Growing(slope, values[^1], TimeSpan.FromSeconds(span), points.Count) : null;
    }

    private static double Middle(double[] values, int from, int to) => Quantile.Of(values.AsSpan(from, to - from), 0.5)!.Value;

    // One point for each collection: in between the figure stands still.
    private static List<(double Seconds, double Bytes)> LiveHeap(IReadOnlyList<ResourceSample> samples)
    {
        var points = new List<(double, double)>();
        double seconds = 0;
        long? before = null;
        foreach (ResourceSample sample in samples)
        {
            seconds += (sample.Interval ?? TimeSpan.Zero).TotalSeconds;
            if (sample.LiveHeapBytes is not long live || live == before)
                continue;
            // The first may be of a collection long before the window.
            if (before is not null)
                points.Add((seconds, live));
            before = live;
        }
        return points;
    }

    private static List<(double Seconds, double Bytes)> OutsideHeap(IReadOnlyList<ResourceSample> samples)
    {
        var points = new List<(double, double)>();
        double seconds = 0;
        foreach (ResourceSample sample in samples)
        {
            seconds += (sample.Interval ?? TimeSpan.Zero).TotalSeconds;
            if (sample is { WorkingSetBytes: long workingSet, Generations: { } heap })
                points.Add((seconds, workingSet - Math.Max(heap.CommittedBytes, sample.ManagedHeapBytes ?? 0)));
        }
        return points;
    }

    /// <param name="PerSecond">Bytes a second, by the trend.</param>
    /// <param name="Last">The level at the end, in bytes.</param>
    /// <param name="Span">From the first point judged to the last.</param>
    /// <param name="Points">How many were judged.</param>
    private readonly record struct Growing(double PerSecond, double Last, TimeSpan Span, int Points);
}
