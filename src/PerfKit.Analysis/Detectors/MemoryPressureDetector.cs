namespace PerfKit.Analysis;

/// <summary>PK0011. The working set's median over the window, so a short peak does not count.</summary>
internal sealed class MemoryPressureDetector : Detector
{
    public override RuleId Rule => Analysis.Rule.MemoryPressure;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.Median(sample => sample.WorkingSetBytes) is not double workingSet)
            return Judgement.Lacks("no sample tells the working set");
        double score = Impact.Score(Impact.Excess(workingSet, thresholds.MemoryBytes, thresholds.MemoryCriticalBytes));
        TimeSpan window = observations.Window;
        double heap = observations.Median(sample => sample.ManagedHeapBytes) ?? 0;
        Evidence[] evidence =
        [
            new("working set (median)", workingSet, MeasureUnit.Bytes, thresholds.MemoryBytes, window),
            new("managed heap (median)", heap, MeasureUnit.Bytes, null, window),
        ];
        if (score <= 0)
            return Judgement.Within(evidence);
        double confidence = Confidence.Of(observations, sample => sample.WorkingSetBytes, thresholds.MemoryBytes);
        return Judgement.Of(
        [
            Bottleneck.Of(Rule, BottleneckType.MemoryPressure, observations.Application, score, confidence,
                $"The process held {Text.Bytes(workingSet)}, of which {Text.Bytes(heap)} are the managed heap.", evidence),
        ]);
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
