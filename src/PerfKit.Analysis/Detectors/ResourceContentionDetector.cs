namespace PerfKit.Analysis;

/// <summary>
/// PK0005. Threads that wait for managed locks, and services that compete for the CPUs. What other processes take from this
/// one is no service's doing, and no finding.
/// </summary>
internal sealed class ResourceContentionDetector : Detector
{
    private const int MinSamples = 3;

    public override RuleId Rule => Analysis.Rule.ResourceContention;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.WasFrozen)
            return Judgement.Lacks("the process stood still for a part of the window");
        LockContention? locks = observations.Samples.Count(sample => sample.LockWaitThreads is not null) >= MinSamples
            ? LockContention.Of(observations, thresholds) : null;
        CpuContention? cpus = CpuContention.Of(observations, thresholds);
        if (locks is null && cpus is null)
            return Judgement.Lacks($"fewer than {MinSamples} samples tell of waiting for locks, and no service tells of waiting for a CPU");

        Evidence[] seen = [.. locks?.Seen ?? [], .. cpus?.Seen ?? []];
        Bottleneck[] found = [.. new[] { locks?.Found, cpus?.Found }.OfType<Bottleneck>()];
        return found.Length == 0 && cpus?.Excuse is { } excuse ? Judgement.Excused(excuse, seen) : Judgement.Of(found, seen);
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations) =>
        LockContention.IsOfLock(bottleneck) ? LockContention.Recommend(bottleneck, observations) : CpuContention.Recommend(bottleneck);
}
