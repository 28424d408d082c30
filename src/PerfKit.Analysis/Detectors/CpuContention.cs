using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>The half of PK0005 that is about CPUs: services that could run and wait, because others of the process run.</summary>
/// <param name="Found">The finding; <c>null</c> when there is none.</param>
/// <param name="Seen">The figure beside its limit, and whose the pressure is.</param>
/// <param name="Excuse">Why waiting past the limit is no finding.</param>
internal sealed record CpuContention(Bottleneck? Found, IReadOnlyList<Evidence> Seen, string? Excuse = null)
{
    // Who wants less than a fifth of what is wanted in all does not compete.
    private const double NotableShare = 0.2;

    public static CpuContention? Of(Observations observations, Thresholds thresholds)
    {
        if (observations.UsageSeconds is not double seconds || observations.Median(sample => sample.AvailableCores > 0 ? sample.AvailableCores : null) is not double cores)
            return null;
        ServiceUsage[] services = observations.Usage!.Services.Where(usage => usage is { QueuedForCpu: not null, Cpu: not null }).ToArray();
        if (services.Length == 0)
            return null;

        TimeSpan window = observations.Window;
        double waiting = services.Sum(usage => usage.QueuedForCpu!.Value.TotalSeconds) / seconds / cores;
        var evidence = new List<Evidence> { new("threads of services that wait for a CPU, a core", waiting, MeasureUnit.Count, thresholds.CpuWaitThreadsPerCore, window) };
        Add("CPU of the process (median)", observations.Median(sample => sample.CpuPercent));
        Add("CPU of the machine (median)", observations.Median(sample => sample.MachineCpuPercent));
        Add("time in which some task of the machine waited for a CPU", observations.Mean(sample => sample.CpuPressurePercent));
        double score = Impact.Score(Impact.Excess(waiting, thresholds.CpuWaitThreadsPerCore, thresholds.CpuWaitCriticalThreadsPerCore));
        if (score <= 0)
            return new CpuContention(null, evidence);
        // The process does not fill what it may use, and yet its threads wait: the CPUs are with others.
        if (!(observations.Median(sample => sample.CpuPercent) >= thresholds.CpuPercent))
            return new CpuContention(null, evidence, "services waited for a CPU, but the process did not fill those that it may use: others of the machine, or a quota, took them");

        double all = services.Sum(Wanted);
        ServiceUsage[] rivals = [.. services.Where(usage => Wanted(usage) >= NotableShare * all).OrderByDescending(Wanted)];
        if (rivals.Length < 2)
            return new CpuContention(null, evidence, $"only {rivals[0].Service} wants the CPUs, and competes with nobody but itself");
        evidence.AddRange(rivals.Select(usage => new Evidence($"CPU wanted by {usage.Service}", Wanted(usage) / seconds, MeasureUnit.Cores, null, window)));
        double confidence = Math.Min(Confidence.Of(seconds), Confidence.Of(observations, sample => sample.CpuPercent, thresholds.CpuPercent));
        return new CpuContention(
            Bottleneck.Of(Rule.ResourceContention, BottleneckType.ResourceContention, rivals[0].Service, score, confidence,
                $"{Text.List(rivals.Select(usage => usage.Service))} competed for {Text.Cores(cores)}: {Text.Mean(waiting)} threads a core waited on average.", evidence),
            evidence);

        void Add(string measure, double? percent)
        {
            if (percent is double value)
                evidence.Add(new Evidence(measure, value, MeasureUnit.Percent, null, window));
        }
    }

    public static Recommendation Recommend(Bottleneck bottleneck) => new()
    {
        Rule = bottleneck.Rule,
        Service = bottleneck.Service,
        Title = $"Let {bottleneck.Service} leave CPUs to the others",
        Actions =
        [
            $"Limit how much {bottleneck.Service} does at once (MaxDegreeOfParallelism, a semaphore) to fewer threads than there are cores.",
            "Move what nobody waits for to another time, or to another process of lower priority.",
            "If all of it is needed now, give the process more cores.",
        ],
        Effort = Effort.Medium,
        Priority = bottleneck.Severity,
        Saving = new PredictedSaving(0, bottleneck.Evidence[0].Value, MeasureUnit.Count, "threads a core that wait for a CPU"),
        Basis = "Where no more threads run than there are cores none waits; how much less work is done meanwhile, the figures do not tell.",
        Verification = "Audit run time again under the same load and compare the threads that wait for a CPU.",
        Evidence = bottleneck.Evidence,
    };

    private static double Wanted(ServiceUsage usage) => (usage.Cpu!.Value + usage.QueuedForCpu!.Value).TotalSeconds;
}
