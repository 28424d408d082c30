using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis;

/// <summary>PK0008. The share of the window that collections paused the application, and the service that allocates for it.</summary>
internal sealed class GcPressureDetector : Detector
{
    // A service that allocates less than a third is not the reason.
    private const double NotableShare = 1 / 3.0;

    // What a loop allocates that never leaves its thread is in no book. A service with so much of all services' CPU, and more than
    // what no service has, the collector's own included, is taken for that loop.
    private const double MinCpuShare = 2 / 3.0;
    private const double MinUnbookedShare = 0.5;

    public override RuleId Rule => Analysis.Rule.GcPressure;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.Mean(sample => sample.GcPausePercent) is not double percent)
            return Judgement.Lacks("no sample tells how long collections paused the process");
        double excess = Impact.Excess(percent, thresholds.GcPausePercent, thresholds.GcPauseCriticalPercent);
        TimeSpan window = observations.Window;
        var evidence = new List<Evidence> { new("time paused for garbage collection", percent, MeasureUnit.Percent, thresholds.GcPausePercent, window) };
        if (excess < 0)
            return Judgement.Within(evidence);
        if (observations.Mean(sample => sample.AllocatedBytesPerSecond) is double allocated)
            evidence.Add(new Evidence("allocated by the process", allocated, MeasureUnit.BytesPerSecond, null, window));
        if (FullShare(observations.Samples) is double full)
            evidence.Add(new Evidence("collections that were of generation 2", full * 100, MeasureUnit.Percent, null, window));

        string service = observations.Application;
        string by = "";
        double sure = 1;
        if (Allocator(observations) is { } allocator)
        {
            (service, sure) = (allocator.Service, allocator.Sure);
            by = allocator.IsBooked
                ? $"; {service} allocates {Text.Percent(allocator.Share)} of it all"
                : $"; who allocates is in no book, and {service} uses most of the CPU";
            if (allocator.IsBooked)
                evidence.Add(new Evidence($"allocated by {service}", allocator.BytesPerSecond, MeasureUnit.BytesPerSecond, null, window));
        }
        double confidence = sure * Confidence.Of(observations, sample => sample.GcPausePercent, thresholds.GcPausePercent);
        return Judgement.Of(
        [
            Bottleneck.Of(Rule, BottleneckType.GcPressure, service, Impact.Score(excess), confidence,
                $"Garbage collection paused the process for {Text.Percent(percent / 100)} of the time{by}.", evidence),
        ]);
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        double paused = bottleneck.Evidence[0].Value;
        bool isService = bottleneck.Service != observations.Application;
        double share = isService ? Math.Min(1, Allocator(observations)?.Share ?? 0) : 0;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = isService ? $"Allocate less in {bottleneck.Service}" : "Find out who allocates",
            Actions =
            [
                isService
                    ? $"Profile allocations in {bottleneck.Service}, and reuse what is allocated most: buffers from ArrayPool, spans instead of copies."
                    : "Enter a ServiceContext around each part of the application, so that the next audit can name the service.",
                "Keep objects short-lived or for good: what lives for seconds is copied from generation to generation.",
                "Where throughput matters more than memory, try the server collector (ServerGarbageCollector) or a larger Gen0Size.",
            ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = isService ? new PredictedSaving(0, paused * share, MeasureUnit.Percent, "time paused for garbage collection") : null,
            Basis = isService
                ? "Pauses come with allocation: at most the service's share of it can go."
                : "No prediction: allocation was not attributed to a service.",
            Verification = "Audit run time again under the same load and compare the time paused.",
            Evidence = bottleneck.Evidence,
        };
    }

    private static Allocating? Allocator(Observations observations)
    {
        if (observations.TopAllocator() is { Share: >= NotableShare } top)
            return new Allocating(top.Service, top.Share, top.BytesPerSecond, IsBooked: true, Sure: 1);
        if (observations.UsageSeconds is not double seconds || observations.ProcessCores is not double cores || observations.Mean(sample => sample.AllocatedBytesPerSecond) is not double all)
            return null;
        double unbooked = 1 - (observations.Usage!.Services.Sum(usage => usage.AllocatedBytes) / seconds / all);
        double services = observations.Usage.Services.Sum(usage => (usage.Cpu ?? TimeSpan.Zero).TotalSeconds) / seconds;
        ServiceUsage? busiest = observations.Usage.Services.MaxBy(usage => usage.Cpu);
        double used = (busiest?.Cpu ?? TimeSpan.Zero).TotalSeconds / seconds, nobodys = Math.Max(0, cores - services);
        return unbooked >= MinUnbookedShare && used >= MinCpuShare * services && used > nobodys
            ? new Allocating(busiest!.Service, unbooked, unbooked * all, IsBooked: false, used / (used + nobodys))
            : null;
    }

    private readonly record struct Allocating(string Service, double Share, double BytesPerSecond, bool IsBooked, double Sure);

    private static double? FullShare(IReadOnlyList<ResourceSample> samples)
    {
        if (samples.Count < 2)
            return null;
        double all = samples[^1].Gen0Collections - samples[0].Gen0Collections; // the higher generations are among them
        return all > 0 ? (samples[^1].Gen2Collections - samples[0].Gen2Collections) / all : null;
    }
}
