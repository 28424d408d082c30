using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>
/// PK0002. The process: the median of the samples' CPU percent, so half the window or more was at the limit. A service:
/// the cores it kept busy on average, because one hot loop saturates one core however many there are. On a machine with
/// too little CPU no loop gets a core; there a service counts that used a notable share and waited for more.
/// </summary>
internal sealed class CpuIntensiveDetector : Detector
{
    // In a process at its limit, a service with less than a third of the CPU is not the reason.
    private const double NotableShare = 1 / 3.0;
    private const int MinSamples = 5;

    // A service that waits far longer than it runs only wakes often: it would not use the CPU that it waited for.
    private const double MostWaitingPerUse = 3;

    public override RuleId Rule => Analysis.Rule.CpuIntensive;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        double? percent = null;
        if (observations.Samples.Count(sample => sample.CpuPercent is not null) >= MinSamples)
            percent = observations.Median(sample => sample.CpuPercent);
        if (percent is null && observations.UsageSeconds is null)
            return Judgement.Lacks($"fewer than {MinSamples} samples tell the CPU used, and no service context was entered");
        double? cores = observations.ProcessCores;
        double processExcess = percent is double value ? Impact.Excess(value, thresholds.CpuPercent, thresholds.CpuCriticalPercent) : -1;

        var found = new List<Bottleneck>();
        if (observations.UsageSeconds is double window)
        {
            foreach (ServiceUsage usage in observations.Usage!.Services)
            {
                double used = (usage.Cpu ?? TimeSpan.Zero).TotalSeconds / window;
                double share = cores > 0 ? Math.Min(used / cores.Value, 1) : 0;
                bool isNotable = share >= NotableShare;
                double waited = (usage.QueuedForCpu ?? TimeSpan.Zero).TotalSeconds / window;
                double wanted = used + (isNotable ? Math.Min(waited, used * MostWaitingPerUse) : 0);
                Thresholds limits = thresholds.For(usage.Service);
                double own = Impact.Excess(wanted, limits.ServiceCpuCores, limits.ServiceCpuCriticalCores);
                double score = Math.Max(Impact.Score(own), isNotable ? Impact.Score(processExcess, share) : 0);
                if (score > 0)
                    found.Add(OfService(observations, usage, used, wanted, share, score, percent, limits));
            }
        }
        if (found.Count == 0 && processExcess >= 0)
            found.Add(OfProcess(observations, percent!.Value, cores, Impact.Score(processExcess), thresholds));
        return Judgement.Of(found, Seen(observations, percent, thresholds));
    }

    private static List<Evidence> Seen(Observations observations, double? percent, Thresholds thresholds)
    {
        var seen = new List<Evidence>();
        if (percent is double process)
            seen.Add(new Evidence("CPU of the process (median)", process, MeasureUnit.Percent, thresholds.CpuPercent, observations.Window));
        if (observations.UsageSeconds is double window && observations.Usage!.Services.MaxBy(usage => usage.Cpu ?? TimeSpan.Zero) is { Cpu: { } cpu } most)
            seen.Add(new Evidence($"CPU used by {most.Service}, the most", cpu.TotalSeconds / window, MeasureUnit.Cores, thresholds.For(most.Service).ServiceCpuCores, observations.Usage.Window));
        return seen;
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        bool isService = bottleneck.Service != observations.Application;
        double cores = bottleneck.Evidence.LastOrDefault(evidence => evidence.Unit == MeasureUnit.Cores)?.Value ?? 0;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = isService ? $"Make {bottleneck.Service} do less work on the CPU" : "Find which code keeps the CPU busy",
            Actions = isService
                ?
                [
                    $"Profile {bottleneck.Service} and look for work that is repeated: parsing, sorting or searching the same data again.",
                    "Compute only what has changed, and index what is searched.",
                    "If all of it is needed, run it less often, or when the application is idle.",
                ]
                :
                [
                    "Enter a ServiceContext around each part of the application, so that the next audit can name the service.",
                    "Profile the process while it is busy.",
                ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = isService && cores > 0 ? new PredictedSaving(0, cores, MeasureUnit.Cores, "CPU") : null,
            Basis = isService
                ? $"The service used {Text.Cores(cores)} on average; how much of that is needless, only a profile can tell."
                : "No prediction: the CPU was not attributed to a service.",
            Verification = "Audit run time again under the same load and compare the cores used.",
            Evidence = bottleneck.Evidence,
        };
    }

    private static Bottleneck OfService(
        Observations observations, ServiceUsage usage, double used, double wanted, double share, double score, double? percent, Thresholds thresholds)
    {
        TimeSpan? window = observations.Usage!.Window;
        var evidence = new List<Evidence>();
        bool isStarved = wanted > used && used < thresholds.ServiceCpuCores && wanted >= thresholds.ServiceCpuCores;
        if (isStarved)
            evidence.Add(new Evidence("CPU used and waited for", wanted, MeasureUnit.Cores, thresholds.ServiceCpuCores, window));
        // The figure that broke its limit comes first, and no other is set beside a limit that it kept.
        evidence.Add(new Evidence($"CPU used by {usage.Service}", used, MeasureUnit.Cores, used >= thresholds.ServiceCpuCores ? thresholds.ServiceCpuCores : null, window));
        if (share > 0)
            evidence.Add(new Evidence("share of the process's CPU", share * 100, MeasureUnit.Percent, null, window));
        if (percent is double process)
            evidence.Add(new Evidence("CPU of the process (median)", process, MeasureUnit.Percent, process >= thresholds.CpuPercent ? thresholds.CpuPercent : null, window));
        string part = share > 0 ? $", {Text.Percent(share)} of the process's CPU" : "";
        return Bottleneck.Of(Analysis.Rule.CpuIntensive, BottleneckType.CpuIntensive, usage.Service, score, Confidence.Of(observations.UsageSeconds ?? 0), isStarved
            ? $"{usage.Service} wanted {Text.Cores(wanted)} on average and got {Text.Cores(used)}{part}: the CPU was full."
            : $"{usage.Service} kept {Text.Cores(used)} busy on average{part}.", evidence);
    }

    private static Bottleneck OfProcess(Observations observations, double percent, double? cores, double score, Thresholds thresholds)
    {
        TimeSpan window = observations.Window;
        var evidence = new List<Evidence>
        {
            new("CPU of the process (median)", percent, MeasureUnit.Percent, thresholds.CpuPercent, window),
        };
        if (observations.QuantileOf(sample => sample.CpuPercent, 0.95) is double high)
            evidence.Add(new Evidence("95th percentile of the same", high, MeasureUnit.Percent, null, window));
        if (cores is double used)
            evidence.Add(new Evidence("cores used by the process", used, MeasureUnit.Cores, null, window));
        double confidence = Confidence.Of(observations, sample => sample.CpuPercent, thresholds.CpuPercent);
        return Bottleneck.Of(Analysis.Rule.CpuIntensive, BottleneckType.CpuIntensive, observations.Application, score, confidence,
            $"The process used {Text.Percent(percent / 100)} of the CPU it may use for half the time or more, and no service stands out.", evidence);
    }
}
