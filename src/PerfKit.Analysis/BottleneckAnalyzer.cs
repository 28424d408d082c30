namespace PerfKit.Analysis;

/// <summary>Runs detectors over observations and puts their findings in order. Thread-safe when its detectors are.</summary>
public sealed class BottleneckAnalyzer
{
    private readonly IBottleneckDetector[] _detectors;
    private readonly RuleId[] _suppressed;
    private readonly IRecommendationRule[] _rules;

    /// <summary>Makes an analyzer.</summary>
    /// <param name="detectors">The detectors to run; PerfKit's own (<see cref="DefaultDetectors"/>) when <c>null</c>.</param>
    /// <param name="suppressedRules">Rules whose detectors are left out.</param>
    /// <param name="recommendationRules">What advises beside the detectors; nothing when <c>null</c>.</param>
    public BottleneckAnalyzer(
        IEnumerable<IBottleneckDetector>? detectors = null,
        IEnumerable<RuleId>? suppressedRules = null,
        IEnumerable<IRecommendationRule>? recommendationRules = null)
    {
        _rules = [.. recommendationRules ?? []];
        HashSet<RuleId> suppressed = suppressedRules?.ToHashSet() ?? [];
        _suppressed = [.. suppressed];
        _detectors = (detectors ?? DefaultDetectors).Where(detector => RuleOf(detector) is not { } rule || !suppressed.Contains(rule)).ToArray();
    }

    /// <summary>PerfKit's own detectors.</summary>
    public static IReadOnlyList<IBottleneckDetector> DefaultDetectors { get; } =
    [
        new StartupSlowDetector(),
        new CpuIntensiveDetector(),
        new MemoryLeakDetector(),
        new IoBoundDetector(),
        new ResourceContentionDetector(),
        new BlockingOperationDetector(),
        new ThreadPoolStarvationDetector(),
        new GcPressureDetector(),
        new ExceptionStormDetector(),
        new CpuThrottledDetector(),
        new MemoryPressureDetector(),
        new SlowOperationDetector(),
    ];

    /// <summary>Looks for bottlenecks, and for what to do about them.</summary>
    /// <param name="observations">What was measured.</param>
    /// <param name="thresholds">The limits.</param>
    /// <returns>Root causes by falling impact, each with what it brought about, and their recommendations in the same order.</returns>
    /// <remarks>
    /// <para>
    /// A detector or a recommendation rule that throws, or returns something that no report can hold, is named in
    /// <see cref="AnalysisResult.Failures"/>; the others go on. Not allowed are <c>null</c> where it is not declared, values that an
    /// enumeration does not have, no evidence, advice without actions, an impact score that is not finite, and consequences that nest
    /// deeper than 8 levels.
    /// </para>
    /// <para>Causes and consequences are told among the 500 findings of the most impact; any beyond stand for themselves.</para>
    /// </remarks>
    public AnalysisResult Analyze(Observations observations, Thresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(thresholds);
        var found = new List<Bottleneck>();
        var failures = new List<string>();
        List<Explanation> explanations = [.. _suppressed.Select(rule => Told(rule, RuleOutcome.Suppressed, "The rule is suppressed."))];
        foreach (IBottleneckDetector detector in _detectors)
        {
            try
            {
                Judgement? judgement = (detector as Detector)?.JudgeOnce(observations, thresholds);
                Bottleneck[] some = [.. judgement?.Found ?? detector.Detect(observations, thresholds)];
                Array.ForEach(some, FindingRules.Check);
                found.AddRange(some);
                Explanation explanation = judgement?.Explain(detector.Rule) ?? detector.Explain(observations, thresholds);
                FindingRules.Check(explanation);
                explanations.Add(explanation);
            }
            catch (Exception exception) // a user's detector must not cost the others' findings
            {
                Fail(detector, exception);
            }
        }
        List<Bottleneck> roots = [.. CauseChain.Link(found, observations)];
        roots.Sort(Compare);
        ILookup<RuleId, IBottleneckDetector> byRule = _detectors.Where(detector => RuleOf(detector) is not null).ToLookup(detector => RuleOf(detector)!.Value);
        var adviser = new Adviser(byRule, _rules, Fail);
        var scores = new ScoreKeeper(observations, thresholds, found);
        return new AnalysisResult
        {
            Bottlenecks = roots,
            Recommendations = adviser.Advise(roots, observations),
            Scores = scores.OfProcess(),
            ServiceScores = scores.OfServices(),
            Explanations = [.. explanations.OrderBy(explanation => explanation.Rule.ToString(), StringComparer.Ordinal)],
            Failures = failures,
        };

        void Fail(object failed, Exception exception)
        {
            RuleId? rule = failed is IBottleneckDetector detector ? RuleOf(detector) : null;
            string name = rule is null ? failed.GetType().Name : $"{rule} ({failed.GetType().Name})";
            failures.Add($"{name}: {exception.GetType().Name}: {exception.Message}");
            if (rule is { } id && !explanations.Exists(explanation => explanation.Rule == id))
                explanations.Add(Told(id, RuleOutcome.Failed, failures[^1]));
        }
    }

    private static Explanation Told(RuleId rule, RuleOutcome outcome, string reason) => new() { Rule = rule, Outcome = outcome, Reason = reason };

    // Even the name of a user's detector may be a fault; it shows when the detector is run.
    private static RuleId? RuleOf(IBottleneckDetector detector)
    {
        try
        {
            return detector.Rule;
        }
        catch (Exception)
        {
            return null;
        }
    }

    // Equal impacts keep an order of their own, so that two runs over the same data read alike.
    private static int Compare(Bottleneck left, Bottleneck right)
    {
        int byImpact = right.ImpactScore.CompareTo(left.ImpactScore);
        if (byImpact != 0)
            return byImpact;
        int byRule = string.CompareOrdinal(left.Rule.ToString(), right.Rule.ToString());
        return byRule != 0 ? byRule : string.CompareOrdinal(left.Service, right.Service);
    }
}
