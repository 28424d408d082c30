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
        Assert.Equal(["Adds: InvalidOperationException: broken", "Adds: InvalidOperationException: it gave advice that is null, or has no actions or no evidence."], result.Failures);
    }

    [Fact]
    public void Analyze_withTheSameAdviceTwice_keepsOne() => Assert.Equal(2, new BottleneckAnalyzer(null, null, [new Adds(() => [Advice, Advice])])
        .Analyze(Observed.Samples(_ => new ResourceSample { CpuPercent = 99 }), new Thresholds()).Recommendations.Count);

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
