using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class BottleneckAnalyzerTests
{
    [Fact]
    public void Analyze_withoutObservations_findsNothing()
    {
        AnalysisResult result = new BottleneckAnalyzer().Analyze(Observed.Nothing, new Thresholds());

        Assert.Empty(result.Bottlenecks);
        Assert.Empty(result.Recommendations);
        Assert.Empty(result.Failures);
    }

    [Fact]
    public void Analyze_ofAnIdleProcess_findsNothing()
    {
        Observations idle = Observed.Samples(_ => new ResourceSample
        {
            CpuPercent = 0.5,
            CpuCores = 0.01,
            MachineCpuPercent = 95, // another process is busy
            WorkingSetBytes = 90 << 20,
            ManagedHeapBytes = 8 << 20,
            IoOperationsPerSecond = 12,
            IoReadBytesPerSecond = 300,
            IoWrittenBytesPerSecond = 0,
        });

        Assert.Empty(new BottleneckAnalyzer().Analyze(idle, new Thresholds()).Bottlenecks);
    }

    [Fact]
    public void Analyze_ordersByImpact_andKeepsAdviceInThatOrder()
    {
        Observations busy = Observed.Samples(_ => new ResourceSample { CpuPercent = 85, CpuCores = 1.7, WorkingSetBytes = 4L << 30 });

        AnalysisResult result = new BottleneckAnalyzer().Analyze(busy, new Thresholds());

        Assert.Equal([Rule.MemoryPressure, Rule.CpuIntensive], result.Bottlenecks.Select(found => found.Rule));
        Assert.Equal([Rule.MemoryPressure, Rule.CpuIntensive], result.Recommendations.Select(advice => advice.Rule));
        Assert.All(result.Recommendations, advice => Assert.NotEmpty(advice.Evidence));
    }

    [Fact]
    public void Analyze_withASuppressedRule_leavesItOut()
    {
        Observations busy = Observed.Samples(_ => new ResourceSample { CpuPercent = 99 });
        var analyzer = new BottleneckAnalyzer(null, [Rule.CpuIntensive]);

        Assert.Empty(analyzer.Analyze(busy, new Thresholds()).Bottlenecks);
    }

    [Fact]
    public void Analyze_withADetectorThatThrows_namesItAndKeepsTheOthersFindings()
    {
        Observations busy = Observed.Samples(_ => new ResourceSample { CpuPercent = 99 });
        var analyzer = new BottleneckAnalyzer([new Faulty(), .. BottleneckAnalyzer.DefaultDetectors]);

        AnalysisResult result = analyzer.Analyze(busy, new Thresholds());

        Assert.Equal("PK9001 (Faulty): InvalidOperationException: broken", Assert.Single(result.Failures));
        Assert.Equal(Rule.CpuIntensive, Assert.Single(result.Bottlenecks).Rule);
    }

    [Fact]
    public void Analyze_withADetectorThatReturnsNonsense_namesItInstead()
    {
        var analyzer = new BottleneckAnalyzer([new Nonsense(null!), new Nonsense(Found with { ImpactScore = double.NaN })]);

        AnalysisResult result = analyzer.Analyze(Observed.Nothing, new Thresholds());

        Assert.Empty(result.Bottlenecks);
        Assert.Equal(2, result.Failures.Count);
    }

    [Fact]
    public void Analyze_withARecommendationRuleThatThrowsOrHasNoEvidence_namesItAndKeepsTheOthersAdvice()
    {
        Observations busy = Observed.Samples(_ => new ResourceSample { CpuPercent = 99 });
        Recommendation empty = Advice with { Evidence = [] };

        AnalysisResult result = new BottleneckAnalyzer(null, null, [new Adds(() => throw new InvalidOperationException("broken")), new Adds(() => [empty]), new Adds(() => [Advice])])
            .Analyze(busy, new Thresholds());

        Assert.Equal(["Find which code keeps the CPU busy", "mine"], result.Recommendations.Select(advice => advice.Title));
        Assert.Equal(["Adds: InvalidOperationException: broken", "Adds: InvalidOperationException: advice.Evidence is empty; allowed: 1 or more."], result.Failures);
    }

    [Fact]
    public void Analyze_withTheSameAdviceTwice_keepsOne() => Assert.Equal(2, new BottleneckAnalyzer(null, null, [new Adds(() => [Advice, Advice])])
        .Analyze(Observed.Samples(_ => new ResourceSample { CpuPercent = 99 }), new Thresholds()).Recommendations.Count);

    public static TheoryData<string, Func<Bottleneck, Bottleneck>> BadFindings => new()
    {
        { "bottleneck is null;", _ => null! },
        { "bottleneck.Rule is PK0000;", found => found with { Rule = default } },
        { "bottleneck.Type is 99;", found => found with { Type = (BottleneckType)99 } },
        { "bottleneck.Service is null;", found => found with { Service = null! } },
        { "bottleneck.Severity is 99;", found => found with { Severity = (Severity)99 } },
        { "bottleneck.ImpactScore is NaN;", found => found with { ImpactScore = double.NaN } },
        { "bottleneck.Description is null;", found => found with { Description = null! } },
        { "bottleneck.Evidence is null;", found => found with { Evidence = null! } },
        { "bottleneck.Evidence is empty;", found => found with { Evidence = [] } },
        { "bottleneck.Evidence[0] is null;", found => found with { Rule = Rule.IoBound, Evidence = [null!] } },
        { "bottleneck.Evidence[0].Measure is null;", found => found with { Type = BottleneckType.IoBound, Evidence = [new Evidence(null!, 1, MeasureUnit.CountPerSecond)] } },
        { "bottleneck.Evidence[0].Unit is 99;", found => found with { Evidence = [new Evidence("e", 1, (MeasureUnit)99)] } },
        { "bottleneck.Consequences[0] is null;", found => found with { Consequences = [null!] } },
        { "bottleneck.Consequences[0].Service is null;", found => found with { Consequences = [found with { Service = null! }] } },
        { "is nested too deep;", found => InItself(found) },
    };

    [Theory]
    [MemberData(nameof(BadFindings), DisableDiscoveryEnumeration = true)]
    public void Analyze_withAFindingThatNoReportCanHold_namesItsDetectorAndKeepsTheOthersFindings(string mistake, Func<Bottleneck, Bottleneck> spoil)
    {
        AnalysisResult result = Beside(new Own { Finds = spoil(Found with { Rule = new RuleId(9003), Service = "app" }) });

        string failure = Assert.Single(result.Failures);
        Assert.StartsWith("PK9003 (Own): InvalidOperationException: bottleneck", failure, StringComparison.Ordinal);
        Assert.Contains(mistake, failure, StringComparison.Ordinal);
        Assert.Equal(Rule.CpuIntensive, Assert.Single(result.Bottlenecks).Rule);
        Assert.Equal(RuleOutcome.Failed, result.Explanations.Single(explanation => explanation.Rule == new RuleId(9003)).Outcome);
    }

    public static TheoryData<string, Func<Explanation, Explanation>> BadExplanations => new()
    {
        { "explanation is null;", _ => null! },
        { "explanation.Rule is PK0000;", told => told with { Rule = default } },
        { "explanation.Outcome is 99;", told => told with { Outcome = (RuleOutcome)99 } },
        { "explanation.Reason is null;", told => told with { Reason = null! } },
        { "explanation.Seen[0] is null;", told => told with { Seen = [null!] } },
    };

    [Theory]
    [MemberData(nameof(BadExplanations), DisableDiscoveryEnumeration = true)]
    public void Analyze_withAnExplanationThatNoReportCanHold_namesItsDetectorAndKeepsItsFindings(string mistake, Func<Explanation, Explanation> spoil)
    {
        AnalysisResult result = Beside(new Own { Finds = Found with { Rule = new RuleId(9003) }, Spoil = spoil });

        Assert.StartsWith($"PK9003 (Own): InvalidOperationException: {mistake}", Assert.Single(result.Failures), StringComparison.Ordinal);
        Assert.Equal(2, result.Bottlenecks.Count);
        Assert.Equal(RuleOutcome.Failed, result.Explanations.Single(explanation => explanation.Rule == new RuleId(9003)).Outcome);
    }

    public static TheoryData<string, Func<Recommendation, Recommendation>> BadAdvice => new()
    {
        { "advice is null;", _ => null! },
        { "advice.Rule is PK0000;", advice => advice with { Rule = default } },
        { "advice.Service is null;", advice => advice with { Service = null! } },
        { "advice.Title is null;", advice => advice with { Title = null! } },
        { "advice.Basis is null;", advice => advice with { Basis = null! } },
        { "advice.Verification is null;", advice => advice with { Verification = null! } },
        { "advice.Effort is 99;", advice => advice with { Effort = (Effort)99 } },
        { "advice.Priority is 99;", advice => advice with { Priority = (Severity)99 } },
        { "advice.Actions is empty;", advice => advice with { Actions = [] } },
        { "advice.Actions[0] is null;", advice => advice with { Actions = [null!] } },
        { "advice.Evidence[0] is null;", advice => advice with { Evidence = [null!] } },
        { "advice.Changes[0] is null;", advice => advice with { Changes = [null!] } },
        { "advice.Saving.Unit is 99;", advice => advice with { Saving = new PredictedSaving(0, 1, (MeasureUnit)99, "m") } },
        { "advice.Expected.Figure is null;", advice => advice with { Expected = new ExpectedFigure { Figure = null!, Unit = MeasureUnit.Count, Before = 2, Expected = 1 } } },
    };

    [Theory]
    [MemberData(nameof(BadAdvice), DisableDiscoveryEnumeration = true)]
    public void Analyze_withAdviceThatNoReportCanHold_namesItsRuleAndKeepsTheOthersAdvice(string mistake, Func<Recommendation, Recommendation> spoil)
    {
        AnalysisResult result = new BottleneckAnalyzer(null, null, [new Adds(() => [spoil(Advice)])])
            .Analyze(Observed.Samples(_ => new ResourceSample { CpuPercent = 99 }), new Thresholds());

        Assert.StartsWith($"Adds: InvalidOperationException: {mistake}", Assert.Single(result.Failures), StringComparison.Ordinal);
        Assert.Single(result.Recommendations);
    }

    [Fact]
    public void Analyze_withMoreFindingsThanAreLinked_linksTheWorstAndKeepsAll()
    {
        Bottleneck[] many =
        [
            .. Enumerable.Range(0, 600).Select(i => Found with { Type = BottleneckType.SlowOperation, Service = $"s{i}", ImpactScore = 60 - (i / 100.0) }),
            Found with { Type = BottleneckType.GcPressure, Service = "app", ImpactScore = 50 },
            Found with { Type = BottleneckType.GcPressure, Service = "app", ImpactScore = 90 },
        ];

        AnalysisResult result = new BottleneckAnalyzer([new Own { FindsAll = many }]).Analyze(Observed.Nothing, new Thresholds());

        Assert.Equal((90, 499), (result.Bottlenecks[0].ImpactScore, result.Bottlenecks[0].Consequences.Count));
        Assert.Equal(many.Length, result.Bottlenecks.Count + 499);
        Assert.Equal(result.Bottlenecks.OrderByDescending(found => found.ImpactScore), result.Bottlenecks);
    }

    // The CPU is busy as well, which is what a finding of I/O may have brought about.
    private static AnalysisResult Beside(IBottleneckDetector detector) =>
        new BottleneckAnalyzer([.. BottleneckAnalyzer.DefaultDetectors, detector], null, [new Adds(() => [Advice])])
            .Analyze(Observed.Samples(_ => new ResourceSample { CpuPercent = 99 }), new Thresholds());

    private static Bottleneck InItself(Bottleneck found)
    {
        var consequences = new List<Bottleneck>();
        Bottleneck endless = found with { Consequences = consequences };
        consequences.Add(endless);
        return endless;
    }

    private sealed class Own : IBottleneckDetector
    {
        public RuleId Rule => new(9003);

        public Bottleneck Finds { get; init; } = null!;

        public IReadOnlyList<Bottleneck>? FindsAll { get; init; }

        public Func<Explanation, Explanation> Spoil { get; init; } = told => told;

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) => FindsAll ?? [Finds];

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => null;

        public Explanation Explain(Observations observations, Thresholds thresholds) => Spoil(new Explanation { Rule = Rule, Reason = "r" });
    }

    private static Recommendation Advice => new()
    {
        Rule = Rule.CpuIntensive, Service = "s", Title = "mine", Actions = ["do"], Basis = "b", Verification = "v", Evidence = [new Evidence("e", 1, MeasureUnit.Count)],
    };

    private sealed class Adds(Func<IReadOnlyList<Recommendation>> recommend) : IRecommendationRule
    {
        public IReadOnlyList<Recommendation> Recommend(Bottleneck bottleneck, Observations observations) => recommend();
    }

    private static Bottleneck Found => new()
    {
        Rule = new RuleId(9002), Type = BottleneckType.MemoryLeak, Service = "s", Description = "d", Evidence = [new Evidence("e", 1, MeasureUnit.Count)],
    };

    private sealed class Nonsense(Bottleneck found) : IBottleneckDetector
    {
        public RuleId Rule => throw new InvalidOperationException("no rule");

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) => [found, found];

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => null;
    }

    private sealed class Faulty : IBottleneckDetector
    {
        public RuleId Rule => new(9001);

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) =>
            throw new InvalidOperationException("broken");

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => null;
    }
}
