namespace PerfKit.Analysis;

/// <summary>Runs detectors over observations and puts their findings in order. Thread-safe when its detectors are.</summary>
public sealed class BottleneckAnalyzer
{
    private readonly IBottleneckDetector[] _detectors;

    /// <summary>Makes an analyzer.</summary>
    /// <param name="detectors">The detectors to run; PerfKit's own (<see cref="DefaultDetectors"/>) when <c>null</c>.</param>
    /// <param name="suppressedRules">Rules whose detectors are left out.</param>
    public BottleneckAnalyzer(IEnumerable<IBottleneckDetector>? detectors = null, IEnumerable<RuleId>? suppressedRules = null)
    {
        HashSet<RuleId> suppressed = suppressedRules?.ToHashSet() ?? [];
        _detectors = (detectors ?? DefaultDetectors).Where(detector => RuleOf(detector) is not { } rule || !suppressed.Contains(rule)).ToArray();
    }

    /// <summary>PerfKit's own detectors.</summary>
    public static IReadOnlyList<IBottleneckDetector> DefaultDetectors { get; } =
    [
        new StartupSlowDetector(),
        new CpuIntensiveDetector(),
        new MemoryLeakDetector(),
        new IoBoundDetector(),
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
    /// <returns>Bottlenecks by falling impact, and their recommendations in the same order.</returns>
    /// <remarks>A detector that throws is named in <see cref="AnalysisResult.Failures"/>; the others go on.</remarks>
    public AnalysisResult Analyze(Observations observations, Thresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(thresholds);
        var found = new List<(Bottleneck Bottleneck, Recommendation? Advice)>();
        var failures = new List<string>();
        foreach (IBottleneckDetector detector in _detectors)
        {
            try
            {
                foreach (Bottleneck bottleneck in detector.Detect(observations, thresholds))
                {
                    if (bottleneck is null || !double.IsFinite(bottleneck.ImpactScore))
                        throw new InvalidOperationException("it returned a bottleneck that is null or has no finite impact score.");
                    found.Add((bottleneck, detector.Recommend(bottleneck, observations)));
                }
            }
            catch (Exception exception) // a user's detector must not cost the others' findings
            {
                failures.Add($"{RuleOf(detector)} ({detector.GetType().Name}): {exception.GetType().Name}: {exception.Message}");
            }
        }
        found.Sort(static (left, right) => Compare(left.Bottleneck, right.Bottleneck));
        return new AnalysisResult
        {
            Bottlenecks = found.Select(pair => pair.Bottleneck).ToArray(),
            Recommendations = found.Select(pair => pair.Advice).OfType<Recommendation>().ToArray(),
            Failures = failures,
        };
    }

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
