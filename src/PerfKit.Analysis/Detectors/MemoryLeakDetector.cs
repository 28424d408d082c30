using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Analysis;

/// <summary>
/// PK0003. Growth that lasts, of what full collections leave on the heap, or of memory outside the heap. A rising high-water
/// mark is no leak. Where full collections are many, each is a point. A heap that grows is collected in full the more rarely the
/// larger it is: where they are few, every collection is a point, and the last full one decides how much of the growth is real.
/// </summary>
internal sealed class MemoryLeakDetector : Detector
{
    // Of what is judged. Whatever has just begun to serve grows for seconds; what lies outside the heap (compiled code, stacks of
    // new pool threads, the pages of a database's cache) for longer, and there every sample is a point.
    private static readonly TimeSpan MinHeapSpan = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MinOutsideSpan = TimeSpan.FromMinutes(1);

    // Of what grew, all others together allocated less: so much of it must be the one service's.
    private const double ProvenShare = 0.5;

    public static bool IsOfHeap(Bottleneck leak) => leak.Evidence[0].Measure == ManagedGrowth;

    public override RuleId Rule => Analysis.Rule.MemoryLeak;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        List<HeapLevel> live = HeapLevels.AfterFullCollections(observations.Samples), judged = live[(live.Count / 3)..];
        bool isReal = judged.Count >= RobustTrend.MinimumCount;
        if (!isReal)
            (judged, isReal) = HeapGrowth.UpToLastFull(observations.Samples);
        bool isEnough = judged.Count >= RobustTrend.MinimumCount && TimeSpan.FromSeconds(judged[^1].Seconds - judged[0].Seconds) >= MinHeapSpan;
        if (isEnough && isReal && HeapGrowth.Of(judged) is { } heap && Found(observations, heap, thresholds, isManaged: true) is { } managed)
            return Judgement.Of([managed]);
        // Memory outside the heap is judged only while the heap stands still: its overhead grows along with it.
        List<HeapLevel> outside = HeapLevels.OutsideHeap(observations.Samples);
        if (HeapGrowth.Of(outside[(outside.Count / 3)..]) is { } native && native.Span >= MinOutsideSpan && Found(observations, native, thresholds, isManaged: false) is { } unmanaged)
            return Judgement.Of([unmanaged]);
        Evidence[] seen = live.Count == 0 ? [] : [new Evidence("live heap after the last full collection", live[^1].Bytes, MeasureUnit.Bytes, null, observations.Window)];
        return isEnough
            ? Judgement.Excused("what full collections leave does not grow without end", seen)
            : Judgement.Lacks($"{live.Count} full collections came in the window, and a verdict takes twelve over half a minute, or one late among many others");
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        bool isManaged = IsOfHeap(bottleneck);
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

    private const string ManagedGrowth = "growth of the live heap, a minute";
    private const string OutsideGrowth = "growth outside the managed heap, a minute";

    private static Bottleneck? Found(Observations observations, HeapGrowth growth, Thresholds thresholds, bool isManaged)
    {
        double perMinute = growth.PerSecond * 60;
        double score = Impact.Score(Impact.Excess(perMinute, thresholds.LeakBytesPerMinute, thresholds.LeakCriticalPerMinute));
        if (score <= 0)
            return null;
        TimeSpan span = growth.Span;
        var evidence = new List<Evidence>
        {
            new(isManaged ? ManagedGrowth : OutsideGrowth, perMinute, MeasureUnit.Bytes, thresholds.LeakBytesPerMinute, span),
            new("at the end", growth.Last, MeasureUnit.Bytes, null, span),
            new("measured points", growth.Points, MeasureUnit.Count, null, span),
        };
        string service = observations.Application, by = "";
        if (isManaged && observations.TopAllocator() is { } top)
        {
            evidence.Add(new Evidence($"allocated by {top.Service}, the most", top.BytesPerSecond, MeasureUnit.BytesPerSecond, null, observations.Usage!.Window));
            if (top.OthersPerSecond < ProvenShare * growth.PerSecond)
                (service, by) = (top.Service, $"; all but {top.Service} together allocated too little for that");
        }
        return Bottleneck.Of(Analysis.Rule.MemoryLeak, BottleneckType.MemoryLeak, service, score, Confidence.Of(growth.Points),
            isManaged
                ? $"What full collections leave on the heap grew by {Text.Bytes(perMinute)} a minute, to {Text.Bytes(growth.Last)}{by}."
                : $"Memory outside the managed heap grew by {Text.Bytes(perMinute)} a minute, to {Text.Bytes(growth.Last)}.",
            evidence);
    }
}
