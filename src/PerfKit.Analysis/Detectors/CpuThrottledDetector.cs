namespace PerfKit.Analysis;

/// <summary>PK0010. Quota periods in which the quota was used up, as a share of those that ended in the window.</summary>
internal sealed class CpuThrottledDetector : Detector
{
    public override RuleId Rule => Analysis.Rule.CpuThrottled;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.Mean(sample => sample.CpuThrottledPercent) is not double percent)
            return Judgement.Lacks("no sample tells of a CPU quota");
        double score = Impact.Score(Impact.Excess(percent, thresholds.CpuThrottledPercent, thresholds.CpuThrottledCriticalPercent));
        TimeSpan window = observations.Window;
        var evidence = new List<Evidence> { new("quota periods throttled", percent, MeasureUnit.Percent, thresholds.CpuThrottledPercent, window) };
        if (score <= 0)
            return Judgement.Within(evidence);
        if (observations.Mean(sample => sample.CpuCores) is double cores)
            evidence.Add(new Evidence("cores used by the process", cores, MeasureUnit.Cores, null, window));
        if (observations.Median(sample => sample.AvailableCores) is double allowed)
            evidence.Add(new Evidence("cores that the quota allows", allowed, MeasureUnit.Cores, null, window));
        double confidence = Confidence.Of(observations, sample => sample.CpuThrottledPercent, thresholds.CpuThrottledPercent);
        return Judgement.Of(
        [
            Bottleneck.Of(Rule, BottleneckType.CpuThrottled, observations.Application, score, confidence,
                $"The CPU quota held the process back in {Text.Percent(percent / 100)} of its periods.", evidence),
        ]);
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => new()
    {
        Rule = bottleneck.Rule,
        Service = bottleneck.Service,
        Title = "Raise the CPU quota, or spread the work",
        Actions =
        [
            "Raise the container's CPU limit, or remove it where the machine's other tenants allow.",
            "Let fewer threads work at once: a quota of one core is used up in a quarter of a period by four threads.",
            "Find the service that uses the CPU in bursts, and even them out.",
        ],
        Effort = Effort.Low,
        Priority = bottleneck.Severity,
        Saving = new PredictedSaving(0, bottleneck.Evidence[0].Value, MeasureUnit.Percent, "throttled periods"),
        Basis = "With a quota that the work does not use up, no period is throttled; how high that is, the figures do not tell.",
        Verification = "Audit run time again under the same load and compare the throttled periods.",
        Evidence = bottleneck.Evidence,
    };
}
