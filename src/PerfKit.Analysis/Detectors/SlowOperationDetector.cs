using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>PK0012. The 99th percentile and the failures of each operation meter in the window.</summary>
internal sealed class SlowOperationDetector : Detector
{
    // The 99th percentile of fewer than a hundred is their maximum; a few slow ones at a start would count.
    internal const long MinTimed = 100;
    internal const long MinCount = 20;

    public override RuleId Rule => Analysis.Rule.SlowOperation;

    /// <summary>That it fails is worse than that it is slow.</summary>
    public static bool IsOfFailures(Bottleneck bottleneck) => bottleneck.Evidence is [{ Unit: MeasureUnit.Percent }, ..];

    public static bool IsTimedEnough(OperationSnapshot operation) => operation.Latency.Count >= MinTimed;

    public static bool IsCountedEnough(OperationSnapshot operation) => operation.Count >= MinCount;

    protected override Judgement Judge(Observations observations, Thresholds thresholds)
    {
        OperationSnapshot[] judged = observations.Operations.Where(operation => IsTimedEnough(operation) || IsCountedEnough(operation)).ToArray();
        if (judged.Length == 0)
            return Judgement.Lacks($"no operation meter counted {MinCount} operations in the window");
        OperationSnapshot slowest = judged.MaxBy(operation => operation.P99Nanoseconds ?? 0)!;
        return Judgement.Of(
            judged.Select(operation => Judge(operation, thresholds.For(operation.Operation))).OfType<Bottleneck>().ToArray(),
            new Evidence($"99th percentile of {slowest.Operation}, the slowest", (slowest.P99Nanoseconds ?? 0) / 1e9, MeasureUnit.Seconds, thresholds.For(slowest.Operation).OperationP99.TotalSeconds, slowest.Window));
    }

    public override Recommendation? Recommend(Bottleneck bottleneck, Observations observations)
    {
        bool isSlow = !IsOfFailures(bottleneck);
        double value = bottleneck.Evidence[0].Value, limit = bottleneck.Evidence[0].Limit!.Value;
        return new Recommendation
        {
            Rule = bottleneck.Rule,
            Service = bottleneck.Service,
            Title = isSlow ? $"Shorten the slowest of {bottleneck.Service}" : $"Find out why {bottleneck.Service} fails",
            Actions = isSlow
                ?
                [
                    "Look at what the slow ones share: input, time, what else ran. Half of them being quick says that it is not the code alone.",
                    "See in the same report whether they waited for the CPU, for pool threads or for garbage collections.",
                    "Give calls to other systems a time limit, and a cheaper answer for when it passes.",
                ]
                :
                [
                    "Log the exception or the answer behind each failure, and take the commonest.",
                    "Tell failures of the caller from failures of your own, and mark only the latter.",
                ],
            Effort = Effort.Medium,
            Priority = bottleneck.Severity,
            Saving = isSlow
                ? new PredictedSaving(value - limit, value, MeasureUnit.Seconds, "99th percentile")
                : new PredictedSaving(value - limit, value, MeasureUnit.Percent, "failed operations"),
            Basis = "What it takes to come back within the limit; the figures do not tell how.",
            Verification = "Audit run time again under the same load and compare the operation's figures.",
            Evidence = bottleneck.Evidence,
        };
    }

    private static Bottleneck? Judge(OperationSnapshot operation, Thresholds thresholds)
    {
        double? p99 = operation.Latency.Count >= MinTimed ? operation.P99Nanoseconds / 1e9 : null;
        double? failed = operation.Count >= MinCount ? operation.ErrorRate * 100 : null;
        double slow = p99 is double seconds ? Impact.Excess(seconds, thresholds.OperationP99.TotalSeconds, thresholds.OperationP99CriticalSeconds) : -1;
        double failing = failed is double percent ? Impact.Excess(percent, thresholds.OperationFailedPercent, thresholds.OperationFailedCriticalPercent) : -1;
        if (slow < 0 && failing < 0)
            return null;

        var evidence = new List<Evidence>();
        if (slow >= 0)
            evidence.Add(new Evidence("99th percentile", p99!.Value, MeasureUnit.Seconds, thresholds.OperationP99.TotalSeconds, operation.Window));
        if (failing >= 0)
            evidence.Insert(failing > slow ? 0 : evidence.Count, new Evidence("failed", failed!.Value, MeasureUnit.Percent, thresholds.OperationFailedPercent, operation.Window));
        if (operation.P50Nanoseconds / 1e9 is double median)
            evidence.Add(new Evidence("median", median, MeasureUnit.Seconds, null, operation.Window));
        evidence.Add(new Evidence("operations", operation.Count, MeasureUnit.Count, null, operation.Window));
        string description = (slow >= 0, failing >= 0) switch
        {
            (true, true) => $"One of a hundred {operation.Operation} took {Text.Seconds(p99!.Value)} or more, and {Text.Percent(failed!.Value / 100)} failed.",
            (true, _) => $"One of a hundred {operation.Operation} took {Text.Seconds(p99!.Value)} or more.",
            _ => $"{Text.Percent(failed!.Value / 100)} of {Text.Count(operation.Count)} {operation.Operation} failed.",
        };
        return Bottleneck.Of(Analysis.Rule.SlowOperation, BottleneckType.SlowOperation, operation.Operation, Impact.Score(Math.Max(slow, failing)), Confidence.Of(operation.Count / 10.0), description, evidence);
    }
}
