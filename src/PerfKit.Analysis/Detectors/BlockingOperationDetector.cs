using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// PK0006. Thread-pool threads that a service holds without running: sync over async, sleeping, locks, synchronous I/O.
/// Its unit is threads held on average, because that is what the pool runs out of.
/// </summary>
internal sealed class BlockingOperationDetector : Detector
{
    public override RuleId Rule => Analysis.Rule.BlockingOperation;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.UsageSeconds is not double window || observations.Usage!.Services.Count == 0)
            return Judgement.Lacks("no service context was entered, or the window is shorter than a second");
        if (observations.WasFrozen)
            return Judgement.Lacks("the process stood still for a part of the window");
        bool isBusy = HeldThreads.IsBusy(observations, thresholds);
        // Where time in the run queue is not told at all, a busy machine allows no verdict.
        ServiceUsage[] judged = observations.Usage!.Services.Where(usage => usage.QueuedForCpu is not null || !isBusy).ToArray();
        if (judged.Length == 0)
            return Judgement.Lacks("the machine is busy, and this platform does not tell waiting for a CPU from being blocked");
        ServiceUsage most = judged.MaxBy(usage => HeldThreads.Of(usage, window, isBusy) ?? 0)!;
        double? queue = observations.QuantileOf(sample => sample.ThreadPoolQueueLength, 0.95);
        return Judgement.Of(
            judged.Select(usage => Judge(usage, isBusy, window, queue, observations, thresholds.For(usage.Service))).OfType<Bottleneck>().ToArray(),
            new Evidence($"pool threads held by {most.Service}, the most", HeldThreads.Of(most, window, isBusy) ?? 0, MeasureUnit.Count, thresholds.For(most.Service).BlockedPoolThreads, observations.Usage.Window));
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        double threads = bottleneck.Evidence[0].Value;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = $"Do not block pool threads in {bottleneck.Service}",
            Actions =
            [
                "Replace .Result, .Wait() and GetAwaiter().GetResult() by await, up to the caller.",
                "Use the asynchronous forms of file, database and network calls.",
                "Where code must block, give it threads of its own instead of the pool's.",
            ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = new PredictedSaving(0, threads, MeasureUnit.Count, "pool threads"),
            Basis = $"{Text.Mean(threads)} pool threads were held without running on average; awaiting holds none.",
            Verification = "Audit run time again under the same load and compare the blocked time.",
            Evidence = bottleneck.Evidence,
        };
    }

    private static Bottleneck? Judge(ServiceUsage usage, bool isBusy, double window, double? queue, Observations observations, Thresholds thresholds)
    {
        double threads = HeldThreads.Of(usage, window, isBusy) ?? 0;
        double score = Impact.Score(Impact.Excess(threads, thresholds.BlockedPoolThreads, thresholds.BlockedPoolCriticalThreads));
        if (score <= 0)
            return null;
        TimeSpan? span = observations.Usage!.Window;
        double onThread = (usage.Cpu + usage.Blocked + (usage.QueuedForCpu ?? TimeSpan.Zero))?.TotalSeconds ?? 0;
        double share = onThread > 0 ? usage.Blocked!.Value.TotalSeconds / onThread : 0;
        var evidence = new List<Evidence>
        {
            new("pool threads held, on average", threads, MeasureUnit.Count, thresholds.BlockedPoolThreads, span),
            new("blocked share of its time on threads", share * 100, MeasureUnit.Percent, null, span),
            new("contexts entered", usage.Entries, MeasureUnit.Count, null, span),
        };
        if (queue is double queued)
            evidence.Add(new Evidence("thread-pool queue (95th percentile)", queued, MeasureUnit.Count, null, span));
        return Bottleneck.Of(Analysis.Rule.BlockingOperation, BottleneckType.BlockingOperation, usage.Service, score, Confidence.Of(observations.UsageSeconds ?? 0),
            $"{usage.Service} was blocked for {Text.Percent(share)} of its time on threads, and so held {Text.Mean(threads)} pool threads on average.", evidence);
    }
}
