using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>The half of PK0005 that is about locks: how many threads wait for one, on average.</summary>
/// <param name="Found">The finding; <c>null</c> below the limit.</param>
/// <param name="Seen">The figure beside its limit.</param>
internal sealed record LockContention(Bottleneck? Found, IReadOnlyList<Evidence> Seen)
{
    private const string Waiting = "threads that wait for a lock, on average";

    // A service with less than a third of the waiting is one of many.
    private const double NotableShare = 1 / 3.0;

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
        double share = 1;
        string by = "";
        if (MostWaiting(observations) is (ServiceUsage most, >= NotableShare and var part))
        {
            (service, share) = (most.Service, part);
            by = $"; {Text.Percent(share)} of the waiting was in {service}";
            evidence.Add(new Evidence($"share of {service}", share * 100, MeasureUnit.Percent, null, window));
        }
        double confidence = Confidence.Of(observations, sample => sample.LockWaitThreads, thresholds.LockWaitThreads);
        return new LockContention(
            Bottleneck.Of(Rule.ResourceContention, BottleneckType.ResourceContention, service, score * Math.Sqrt(share), confidence,
                $"{Text.Mean(threads)} threads waited for a lock on average{by}.", evidence),
            evidence);
    }

    public static Recommendation Recommend(Bottleneck bottleneck, Observations observations)
    {
        bool isService = bottleneck.Service != observations.Application;
        double threads = ThreadsIn(bottleneck.Service, bottleneck, observations);
        (string Holder, double Share)? held = isService ? MostHeldBy(bottleneck.Service, observations) : null;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = held is (var holder, _) && holder != bottleneck.Service ? $"Hold locks shorter in {holder}, for which {bottleneck.Service} waits"
                : isService ? $"Hold locks shorter in {bottleneck.Service}" : "Find the lock that threads wait for",
            Actions =
            [
                held is (var culprit, var part)
                    ? $"Look for the lock that {(culprit == bottleneck.Service ? $"the threads of {culprit} share" : $"{culprit} and {bottleneck.Service} share")}: of the waiting that was watched, {Text.Percent(part)} was for {culprit}."
                : isService
                    ? $"Look for the lock that {bottleneck.Service} shares: WatchWaitsAsync names the services that hold it, a trace of the runtime's contention events has its stack."
                    : "Watch who makes whom wait (WatchWaitsAsync), or trace the runtime's contention events: their stacks show the lock. Enter a ServiceContext around each part, so that the next audit can name the service.",
                "Do under the lock only what must be there: no I/O, no waiting, no computing of what can be computed before.",
                "Split it: a lock a key, a concurrent collection, an immutable snapshot that readers take without a lock, Interlocked for counters.",
            ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = new PredictedSaving(0, threads, MeasureUnit.Count, "threads that wait for a lock"),
            Basis = $"{Text.Mean(threads)} threads{(isService ? " of it" : "")} waited on average; without the lock none does.",
            Verification = "Audit run time again under the same load and compare the threads that wait for a lock.",
            Evidence = bottleneck.Evidence,
        };
    }

    /// <summary>How many threads of a service waited for a lock, on average; of the application, all.</summary>
    public static double ThreadsIn(string service, Bottleneck contention, Observations observations)
    {
        double threads = contention.Evidence[0].Value;
        if (service == observations.Application)
            return threads;
        ServiceUsage? usage = observations.Usage?.Services.FirstOrDefault(usage => usage.Service == service);
        return threads * (ShareOf(usage, observations) ?? 0);
    }

    /// <summary>Who held the locks for most of the time that a service waited for them, if that is half of it or more and a service.</summary>
    private static (string Holder, double Share)? MostHeldBy(string service, Observations observations)
    {
        LockBlame[] blames = [.. observations.LockBlames.Where(blame => blame.Victim == service)];
        if (blames.Length == 0)
            return null;
        LockBlame most = blames.MaxBy(blame => blame.Waited);
        double share = most.Waited / blames.Aggregate(TimeSpan.Zero, (sum, blame) => sum + blame.Waited);
        return share >= 0.5 && observations.Usage?.Services.Any(usage => usage.Service == most.Culprit) == true ? (most.Culprit, share) : null;
    }

    private static (ServiceUsage Most, double Share)? MostWaiting(Observations observations) =>
        observations.Usage?.Services.MaxBy(usage => usage.LockWaitHeard) is { } most && ShareOf(most, observations) is double share ? (most, share) : null;

    /// <summary>A service's part of the waiting that was heard: how much there was in all, the samples tell.</summary>
    public static double? ShareOf(ServiceUsage? usage, Observations observations) =>
        usage?.LockWaitHeard / observations.Usage?.LockWaitHeard is double share and > 0 ? Math.Min(share, 1) : null;
}
