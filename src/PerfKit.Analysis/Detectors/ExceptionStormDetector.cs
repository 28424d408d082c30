namespace PerfKit.Analysis;

/// <summary>PK0009. The median of the rate, so half the window or more was at the limit and a burst does not count.</summary>
internal sealed class ExceptionStormDetector : Detector
{
    // Reckoned with, not measured here: a throw and its catch a few frames up; deep stacks cost more.
    internal const double SecondsPerException = 10e-6;

    public override RuleId Rule => Analysis.Rule.ExceptionStorm;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        if (observations.Median(sample => sample.ExceptionsPerSecond) is not double rate)
            return Judgement.Lacks("no sample counts exceptions");
        double score = Impact.Score(Impact.Excess(rate, thresholds.ExceptionsPerSecond, thresholds.ExceptionsCriticalPerSecond));
        TimeSpan window = observations.Window;
        var evidence = new List<Evidence>
        {
            new("exceptions thrown (median)", rate, MeasureUnit.CountPerSecond, thresholds.ExceptionsPerSecond, window),
        };
        if (score <= 0)
            return Judgement.Within(evidence);
        if (observations.QuantileOf(sample => sample.ExceptionsPerSecond, 0.95) is double high)
            evidence.Add(new Evidence("95th percentile of the same", high, MeasureUnit.CountPerSecond, null, window));
        (string service, string by) = Thrower(observations, evidence);
        double confidence = Confidence.Of(observations, sample => sample.ExceptionsPerSecond, thresholds.ExceptionsPerSecond);
        return Judgement.Of(
        [
            Bottleneck.Of(Rule, BottleneckType.ExceptionStorm, service, score, confidence,
                $"The process threw {Text.Count(rate)} exceptions a second for half the time or more, caught ones included{by}.", evidence),
        ]);
    }

    // A service that threw less than half of them is one of several.
    private static (string Service, string By) Thrower(Observations observations, List<Evidence> evidence)
    {
        long all = observations.Usage?.Services.Sum(usage => usage.Exceptions) ?? 0;
        long counted = observations.Samples.Count > 1 ? observations.Samples[^1].ExceptionCount - observations.Samples[0].ExceptionCount : 0;
        if (observations.UsageSeconds is not double seconds || observations.Usage!.Services.MaxBy(usage => usage.Exceptions) is not { } most
            || most.Exceptions * 2 < Math.Max(all, counted))
            return (observations.Application, "");
        evidence.Add(new Evidence($"exceptions thrown in {most.Service}", most.Exceptions / seconds, MeasureUnit.CountPerSecond, null, observations.Usage.Window));
        return (most.Service, $"; most of them in {most.Service}");
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        double rate = bottleneck.Evidence[0].Value;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = "Stop using exceptions for what happens all the time",
            Actions =
            [
                "Log the type and the first frame of first-chance exceptions for a minute, and take the commonest.",
                "Ask before you try: TryParse, TryGetValue, a check for null or for cancellation.",
                "Where a failing dependency is behind it, fail fast for a while instead of calling it again.",
            ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = new PredictedSaving(0, rate, MeasureUnit.CountPerSecond, "exceptions"),
            Basis = $"Reckoned with 10 µs of CPU each, they cost {Text.Cores(rate * SecondsPerException)}; what they really cost was not measured.",
            Verification = "Audit run time again under the same load and compare the exceptions a second.",
            Evidence = bottleneck.Evidence,
        };
    }
}
