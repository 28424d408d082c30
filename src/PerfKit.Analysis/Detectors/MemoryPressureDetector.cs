namespace PerfKit.Analysis;

/// <summary>
/// PK0011. The working set's median over the window, so a short peak does not count. Who holds memory nobody tells; but what is
/// more than all others ever allocated can only be one service's.
/// </summary>
internal sealed class MemoryPressureDetector : Detector
{
    // Of the working set: so much of it must be the one service's, or it is not to blame.
    private const double ProvenShare = 0.5;

    public override RuleId Rule => Analysis.Rule.MemoryPressure;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.Median(sample => sample.WorkingSetBytes) is not double workingSet)
            return Judgement.Lacks("no sample tells the working set");
        double score = Impact.Score(Impact.Excess(workingSet, thresholds.MemoryBytes, thresholds.MemoryCriticalBytes));
        TimeSpan window = observations.Window;
        double heap = observations.Median(sample => sample.ManagedHeapBytes) ?? 0;
        List<Evidence> evidence =
        [
            new("working set (median)", workingSet, MeasureUnit.Bytes, thresholds.MemoryBytes, window),
            new("managed heap (median)", heap, MeasureUnit.Bytes, null, window),
        ];
        if (score <= 0)
            return Judgement.Within(evidence);
        string service = observations.Application, by = "";
        if (Holder(observations, heap, workingSet) is (string holder, double others))
        {
            (service, by) = (holder, $"; all but {holder} together have allocated no more than {Text.Bytes(others)} so far");
            evidence.Add(new Evidence($"allocated by all but {holder}, since the process began", others, MeasureUnit.Bytes, null));
        }
        double confidence = Confidence.Of(observations, sample => sample.WorkingSetBytes, thresholds.MemoryBytes);
        return Judgement.Of(
        [
            Bottleneck.Of(Rule, BottleneckType.MemoryPressure, service, score, confidence,
                $"The process held {Text.Bytes(workingSet)}, of which {Text.Bytes(heap)} are the managed heap{by}.", evidence),
        ]);
    }

    private static (string Service, double Others)? Holder(Observations observations, double heap, double workingSet)
    {
        if (observations.Samples is not [.., { AllocatedBytes: long all }] || observations.Lifetime?.Services.MaxBy(usage => usage.AllocatedBytes) is not { } most)
            return null;
        double others = Math.Max(0, all - most.AllocatedBytes);
        return heap - others >= ProvenShare * workingSet ? (most.Service, others) : null;
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        double workingSet = bottleneck.Evidence[0].Value, heap = bottleneck.Evidence[1].Value;
        bool isManaged = heap > workingSet / 2;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = isManaged ? "Find what fills the managed heap" : "Find what holds memory outside the managed heap",
            Actions = isManaged
                ?
                [
                    "Take a heap dump and look at the largest types and what keeps them alive.",
                    "Bound caches by size, and stream large results instead of keeping them.",
                ]
                :
                [
                    "Look at native libraries, memory-mapped files, pinned buffers and the number of threads.",
                    "Lower the heap that the collector keeps in reserve (GCConserveMemory, GCHeapHardLimit).",
                ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Basis = "No prediction: what of it is needed, the figures do not tell.",
            Verification = "Audit run time again under the same load and compare the working set.",
            Evidence = bottleneck.Evidence,
        };
    }
}
