using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>The half of PK0005 that is about locks: how many threads wait for one, on average.</summary>
/// <param name="Found">The finding; <c>null</c> below the limit.</param>
/// <param name="Seen">The figure beside its limit.</param>
internal sealed record LockContention(Bottleneck? Found, IReadOnlyList<Evidence> Seen)
{
    private const string Waiting = "threads that wait for a lock, on average";

    // A service that was blocked for less than half of that time did not do most of the waiting.
    private const double DominantShare = 0.5;

    public static bool IsOfLock(Bottleneck bottleneck) => bottleneck is { Type: BottleneckType.ResourceContention, Evidence: [{ Measure: Waiting }, ..] };

    public static LockContention Of(Observations observations, Thresholds thresholds)
    {
        double threads = observations.Mean(sample => sample.LockWaitThreads) ?? 0;
        TimeSpan window = observations.Window;
        var evidence = new List<Evidence> { new(Waiting, threads, MeasureUnit.Count, thresholds.LockWaitThreads, window) };
        double score = Impact.Score(Impact.Excess(threads, thresholds.LockWaitThreads, thresholds.LockWaitCriticalThreads));
        if (score <= 0)
            return new LockContention(null, evidence);
        double contentions = observations.Mean(sample => sample.LockContentionsPerSecond) ?? 0;
        evidence.Add(new Evidence("lock contentions", contentions, MeasureUnit.CountPerSecond, null, window));
        if (contentions > 0)
            evidence.Add(new Evidence("wait for a lock (mean)", threads / contentions, MeasureUnit.Seconds, null, window));

        string service = observations.Application;
        string by = "";
        if (MostBlocked(observations, threads) is (ServiceUsage most, double blocked))
        {
            service = most.Service;
            by = $"; {service} was blocked most";
            evidence.Add(new Evidence($"threads blocked in {service}, on average", blocked, MeasureUnit.Count, null, window));
        }
        double confidence = Confidence.Of(observations, sample => sample.LockWaitThreads, thresholds.LockWaitThreads);
        return new LockContention(
            Bottleneck.Of(Rule.ResourceContention, BottleneckType.ResourceContention, service, score, confidence,
                $"{Text.Mean(threads)} threads waited for a lock on average{by}.", evidence),
            evidence);
    }

    public static Recommendation Recommend(Bottleneck bottleneck, Observations observations)
    {
        bool isService = bottleneck.Service != observations.Application;
        double threads = bottleneck.Evidence[0].Value;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = isService ? $"Hold locks shorter in {bottleneck.Service}" : "Find the lock that threads wait for",
            Actions =
            [
                isService
                    ? $"Look for the lock that {bottleneck.Service} shares; a trace of the runtime's contention events has its stack."
                    : "Trace the runtime's contention events: their stacks show the lock. Enter a ServiceContext around each part, so that the next audit can name the service.",
                "Do under the lock only what must be there: no I/O, no waiting, no computing of what can be computed before.",
                "Split it: a lock a key, a concurrent collection, an immutable snapshot that readers take without a lock, Interlocked for counters.",
            ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = new PredictedSaving(0, threads, MeasureUnit.Count, "threads that wait for a lock"),
            Basis = $"{Text.Mean(threads)} threads waited on average; without the lock none does.",
            Verification = "Audit run time again under the same load and compare the threads that wait for a lock.",
            Evidence = bottleneck.Evidence,
        };
    }

    // Whoever waits for a lock is blocked, so waiting of this size can only be where blocking of this size is.
    private static (ServiceUsage Most, double Threads)? MostBlocked(Observations observations, double waiting)
    {
        if (observations.UsageSeconds is not double seconds || observations.Usage!.Services.MaxBy(usage => usage.Blocked) is not { Blocked: { } blocked } most)
            return null;
        double threads = blocked.TotalSeconds / seconds;
        return threads >= DominantShare * waiting ? (most, threads) : null;
    }
}
