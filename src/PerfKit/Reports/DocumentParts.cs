using PerfKit.Analysis;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>The parts of a document that both reports have, and the translation of units.</summary>
internal static class DocumentParts
{
    public static Quantity Seconds(TimeSpan? time) => Quantity.Of(time);

    public static Quantity Nanoseconds(double? nanoseconds) => new(nanoseconds / 1e9, Unit.Seconds);

    public static Quantity Bytes(long? bytes) => new(bytes, Unit.Bytes);

    public static string Things(long count, string thing) => $"{Count(count).Format()} {thing}{(count == 1 ? "" : "s")}";

    public static Quantity Count(double? count) => new(count, Unit.Count);

    public static Quantity Of(double? value, MeasureUnit unit) => new(value, unit switch
    {
        MeasureUnit.Seconds => Unit.Seconds,
        MeasureUnit.Bytes => Unit.Bytes,
        MeasureUnit.BytesPerSecond => Unit.BytesPerSecond,
        MeasureUnit.CountPerSecond => Unit.CountPerSecond,
        MeasureUnit.Cores => Unit.Cores,
        MeasureUnit.Percent => Unit.Percent,
        // A mean number of things may be a fraction, which a count would hide.
        MeasureUnit.Count when value is double count && Math.Abs(count) < 100 && count != Math.Floor(count) => Unit.None,
        _ => Unit.Count,
    });

    public static ReportFact Findings(string label, IReadOnlyList<Bottleneck> bottlenecks) => new(
        label,
        Count(bottlenecks.Count),
        bottlenecks.Count == 0 ? "none found" : $"worst: {bottlenecks[0].Service}",
        bottlenecks.Count == 0 ? FactTone.Good : ToneOf(bottlenecks[0].Severity));

    public static ReportSection Conclusions(
        string title, IReadOnlyList<Bottleneck> bottlenecks, IReadOnlyList<Recommendation> recommendations, IReadOnlyList<ReportBlock> notices)
    {
        var blocks = new List<ReportBlock>(notices)
        {
            new FindingsBlock { Title = "Bottlenecks", Findings = bottlenecks.Select(FindingOf).ToArray() },
        };
        if (recommendations.Count > 0)
            blocks.Add(new AdviceBlock { Title = "Recommendations", Items = recommendations.Select(AdviceOf).ToArray() });
        return new ReportSection { Title = title, Blocks = blocks };
    }

    /// <summary>For every rule what it saw, and why it did or did not find something.</summary>
    public static ReportSection WhyAndWhyNot(IReadOnlyList<Explanation> explanations, IReadOnlyList<Bottleneck> bottlenecks) => new()
    {
        Title = "Why and why not",
        Summary = "How every rule ended, and what it looked at beside its limit.",
        Blocks = [.. explanations.Select(explanation => new ParagraphBlock(Told(explanation, bottlenecks)))],
    };

    private static string Told(Explanation explanation, IReadOnlyList<Bottleneck> bottlenecks)
    {
        string rule = Types.TryGetValue(explanation.Rule, out BottleneckType type) ? $"{explanation.Rule} ({TitleOf(type)})" : explanation.Rule.ToString();
        string outcome = explanation.Outcome switch
        {
            RuleOutcome.Found => "found",
            RuleOutcome.NotFound => "nothing found",
            RuleOutcome.NotEnoughData => "not enough data",
            RuleOutcome.Suppressed => "suppressed",
            _ => "failed",
        };
        // What was found stands above, with its evidence.
        if (explanation.Outcome == RuleOutcome.Found)
            return $"{rule}: {outcome}{AsConsequence(explanation.Rule, bottlenecks)}.";
        IEnumerable<string> seen = explanation.Seen.Select(evidence =>
            $" Seen: {evidence.Measure} {Of(evidence.Value, evidence.Unit).Format()}" + (evidence.Limit is double limit ? $", limit {Of(limit, evidence.Unit).Format()}." : "."));
        return $"{rule}: {outcome}. {explanation.Reason}{string.Concat(seen)}";
    }

    // What follows from something else has no line of its own above.
    private static string AsConsequence(RuleId rule, IReadOnlyList<Bottleneck> bottlenecks)
    {
        if (bottlenecks.Any(bottleneck => bottleneck.Rule == rule))
            return "";
        Bottleneck? root = bottlenecks.FirstOrDefault(bottleneck => Follows(bottleneck));
        return root is null ? "" : $", as a consequence of {root.Rule} in {root.Service}";

        bool Follows(Bottleneck bottleneck) => bottleneck.Consequences.Any(consequence => consequence.Rule == rule || Follows(consequence));
    }

    public static FactTone ToneOf(Severity severity) => severity >= Severity.High ? FactTone.Bad : FactTone.Warning;

    private static Finding FindingOf(Bottleneck bottleneck) => new()
    {
        RuleId = bottleneck.Rule.ToString(),
        Title = TitleOf(bottleneck.Type),
        Service = bottleneck.Service,
        Severity = (FindingSeverity)(int)bottleneck.Severity,
        Impact = bottleneck.ImpactScore,
        Description = string.Join(' ', Told(bottleneck)),
        Evidence = bottleneck.Evidence.Select(EvidenceOf).ToArray(),
        HelpLink = Rule.HelpPath(bottleneck.Rule),
    };

    // The chain in one breath: what it is, and what came of it.
    private static IEnumerable<string> Told(Bottleneck bottleneck) =>
        bottleneck.Consequences.SelectMany(Told).Prepend(bottleneck.Description);

    private static Advice AdviceOf(Recommendation recommendation) => new()
    {
        RuleId = recommendation.Rule.ToString(),
        Service = recommendation.Service,
        Title = recommendation.Title,
        Actions = recommendation.Actions,
        Effort = (AdviceEffort)(int)recommendation.Effort,
        Priority = (AdvicePriority)(int)recommendation.Priority,
        PredictedSaving = recommendation.Saving is { } saving ? Of(saving.AtMost, saving.Unit) : null,
        SavingOf = recommendation.Saving?.Measure,
        SavingIsUpperBound = recommendation.Saving is { } range && range.AtLeast < range.AtMost,
        Basis = recommendation.Basis,
        Verify = VerifyOf(recommendation),
        // No evidence: the finding that this answers stands above, with its own.
    };

    private static string VerifyOf(Recommendation recommendation)
    {
        if (recommendation.Expected is not { } expected)
            return recommendation.Verification;
        string named = expected.Of is { } of ? $"{expected.Figure} ({of})" : expected.Figure;
        (string then, string before) = (Of(expected.Expected, expected.Unit).Format(), Of(expected.Before, expected.Unit).Format());
        return then == before
            ? $"{recommendation.Verification} Before: {named} {before}." // nothing is promised
            : $"{recommendation.Verification} Expected then, at most: {named} {then}, from {before}.";
    }

    private static FindingEvidence EvidenceOf(Evidence evidence) => new(
        evidence.Measure,
        Of(evidence.Value, evidence.Unit),
        evidence.Limit is double limit ? Of(limit, evidence.Unit) : null,
        evidence.Window);

    private static readonly Dictionary<RuleId, BottleneckType> Types = new()
    {
        [Rule.StartupSlow] = BottleneckType.StartupSlow,
        [Rule.CpuIntensive] = BottleneckType.CpuIntensive,
        [Rule.MemoryLeak] = BottleneckType.MemoryLeak,
        [Rule.IoBound] = BottleneckType.IoBound,
        [Rule.ResourceContention] = BottleneckType.ResourceContention,
        [Rule.BlockingOperation] = BottleneckType.BlockingOperation,
        [Rule.ThreadPoolStarvation] = BottleneckType.ThreadPoolStarvation,
        [Rule.GcPressure] = BottleneckType.GcPressure,
        [Rule.ExceptionStorm] = BottleneckType.ExceptionStorm,
        [Rule.CpuThrottled] = BottleneckType.CpuThrottled,
        [Rule.MemoryPressure] = BottleneckType.MemoryPressure,
        [Rule.SlowOperation] = BottleneckType.SlowOperation,
    };

    private static string TitleOf(BottleneckType type) => type switch
    {
        BottleneckType.StartupSlow => "Slow start-up",
        BottleneckType.CpuIntensive => "CPU-intensive",
        BottleneckType.MemoryLeak => "Memory leak",
        BottleneckType.IoBound => "I/O-bound",
        BottleneckType.ResourceContention => "Resource contention",
        BottleneckType.BlockingOperation => "Blocking operation",
        BottleneckType.ThreadPoolStarvation => "Thread-pool starvation",
        BottleneckType.GcPressure => "GC pressure",
        BottleneckType.ExceptionStorm => "Exception storm",
        BottleneckType.CpuThrottled => "CPU throttled",
        BottleneckType.MemoryPressure => "Memory pressure",
        BottleneckType.SlowOperation => "Slow operation",
        _ => type.ToString(),
    };
}
