namespace PerfKit.Analysis;

/// <summary>PK0011. The working set's median over the window, so a short peak does not count.</summary>
internal sealed class MemoryPressureDetector : IBottleneckDetector
{
    public RuleId Rule => Analysis.Rule.MemoryPressure;

    public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds)
    {
        if (observations.Median(sample => sample.WorkingSetBytes) is not double workingSet)
            return [];
        double score = Impact.Score(Impact.Excess(workingSet, thresholds.MemoryBytes, thresholds.MemoryCriticalBytes));
        if (score <= 0)
            return [];
        TimeSpan window = observations.Window;
        double heap = observations.Median(sample => sample.ManagedHeapBytes) ?? 0;
        return
        [
            new Bottleneck
            {
                Rule = Rule,
                Type = BottleneckType.MemoryPressure,
                Service = observations.Application,
                Severity = Impact.SeverityOf(score),
                ImpactScore = score,
                Description = $"The process held {Text.Bytes(workingSet)}, of which {Text.Bytes(heap)} are the managed heap.",
                Evidence =
                [
                    new Evidence("working set (median)", workingSet, MeasureUnit.Bytes, thresholds.MemoryBytes, window),
                    new Evidence("managed heap (median)", heap, MeasureUnit.Bytes, null, window),
                ],
            },
        ];
    }

    public Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
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
