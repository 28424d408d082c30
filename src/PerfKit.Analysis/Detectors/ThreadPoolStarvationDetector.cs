using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// PK0007. How long a work item of ours waited for a pool thread: the upper quartile, so that it was slow for a quarter of
/// the window or more, and a burst does not count. A queue behind a CPU that is full is not starvation, nor is one that may wait
/// for a CPU that other processes have.
/// </summary>
internal sealed class ThreadPoolStarvationDetector : Detector
{
    private const double HighShare = 0.75;
    private const int MinSamples = 4;

    // Whoever holds less than half a pool thread starves nobody.
    private const double NotableThreads = 0.5;

    public override RuleId Rule => Analysis.Rule.ThreadPoolStarvation;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.Samples.Count(sample => sample.ThreadPoolQueueDelay is not null) < MinSamples)
            return Judgement.Lacks($"fewer than {MinSamples} samples tell how long work waits for the pool");
        if (observations.WasFrozen)
            return Judgement.Lacks("the process stood still for a part of the window");
        double delay = observations.QuantileOf(sample => sample.ThreadPoolQueueDelay?.TotalSeconds, HighShare)!.Value;
        double score = Impact.Score(Impact.Excess(delay, thresholds.ThreadPoolQueueDelay.TotalSeconds, thresholds.ThreadPoolQueueCriticalSeconds));
        TimeSpan window = observations.Window;
        var evidence = new List<Evidence>
        {
            new("wait for a pool thread (75th percentile)", delay, MeasureUnit.Seconds, thresholds.ThreadPoolQueueDelay.TotalSeconds, window),
        };
        if (score <= 0)
            return Judgement.Within(evidence);
        if (observations.Median(sample => sample.CpuPercent) >= thresholds.CpuPercent)
            return Judgement.Excused("the CPU is full, and the queue waits for that", evidence);
        (string Service, double Threads)? found = Holder(observations, HeldThreads.IsBusy(observations, thresholds));
        if (found is null && observations.Median(sample => sample.MachineCpuPercent) >= thresholds.CpuPercent)
            return Judgement.Excused("other processes keep the CPU busy, no service is seen to hold threads of the pool, and so the queue may wait for the CPU", evidence);
        if (observations.QuantileOf(sample => sample.ThreadPoolQueueLength, HighShare) is double queue)
            evidence.Add(new Evidence("thread-pool queue (75th percentile)", queue, MeasureUnit.Count, null, window));
        if (observations.Median(sample => sample.ThreadPoolThreadCount) is double threads)
            evidence.Add(new Evidence("pool threads (median)", threads, MeasureUnit.Count, null, window));

        string service = observations.Application;
        string by = "";
        if (found is (string holder, double held))
        {
            service = holder;
            by = $"; {holder} held {Text.Mean(held)} threads on average without running on them";
            evidence.Add(new Evidence($"pool threads held by {holder}, on average", held, MeasureUnit.Count, null, window));
        }
        // A quarter of the samples is what it takes, so four times the part that is past the limit agrees.
        double confidence = Math.Min(
            Confidence.Of(observations.Samples.Count),
            4 * Confidence.Of(observations, sample => sample.ThreadPoolQueueDelay?.TotalSeconds, thresholds.ThreadPoolQueueDelay.TotalSeconds));
        return Judgement.Of(
        [
            Bottleneck.Of(Rule, BottleneckType.ThreadPoolStarvation, service, score, confidence,
                $"Work waited {Text.Seconds(delay)} or more for a pool thread, a quarter of the time or more{by}.", evidence),
        ]);
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => new()
    {
        Rule = bottleneck.Rule,
        Service = bottleneck.Service,
        Title = bottleneck.Service == observations.Application ? "Find what holds the pool's threads" : $"Give {bottleneck.Service}'s pool threads back",
        Actions =
        [
            "Replace .Result, .Wait() and GetAwaiter().GetResult() by await, up to the caller.",
            "Give work that must block, or that runs for seconds, threads of its own (TaskCreationOptions.LongRunning).",
            "As first aid, raise the pool's minimum (ThreadPool.SetMinThreads): it adds only about one or two threads a second by itself.",
        ],
        Effort = Effort.Medium,
        Priority = bottleneck.Severity,
        Saving = new PredictedSaving(0, bottleneck.Evidence[0].Value, MeasureUnit.Seconds, "wait for a pool thread"),
        Basis = "With a free thread a work item starts at once, so at most the whole wait goes.",
        Verification = "Audit run time again under the same load and compare the wait for a pool thread.",
        Evidence = bottleneck.Evidence,
    };

    private static (string Service, double Threads)? Holder(Observations observations, bool isBusy)
    {
        if (observations.UsageSeconds is not double seconds)
            return null;
        ServiceUsage? most = observations.Usage!.Services.MaxBy(usage => HeldThreads.Of(usage, seconds, isBusy));
        return most is not null && HeldThreads.Of(most, seconds, isBusy) is >= NotableThreads and double threads ? (most.Service, threads) : null;
    }
}
