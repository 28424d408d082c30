using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class ExplanationTests
{
    [Fact]
    public void Analyze_explainsEveryRule_inTheirOrder()
    {
        AnalysisResult result = new BottleneckAnalyzer(null, [Rule.ExceptionStorm]).Analyze(
            Observed.Samples(_ => new ResourceSample { CpuPercent = 99, ExceptionsPerSecond = 1_000, GcPausePercent = 2 }), new Thresholds());

        Assert.Equal(BottleneckAnalyzer.DefaultDetectors.Select(detector => detector.Rule).OrderBy(rule => rule.ToString()), result.Explanations.Select(explanation => explanation.Rule));
        Assert.Equal(RuleOutcome.Suppressed, Of(result, Rule.ExceptionStorm).Outcome);
        Assert.Equal(RuleOutcome.Found, Of(result, Rule.CpuIntensive).Outcome);
        Assert.Equal(RuleOutcome.NotEnoughData, Of(result, Rule.MemoryLeak).Outcome);
        Explanation collections = Of(result, Rule.GcPressure);
        Assert.Equal((RuleOutcome.NotFound, 2.0, 10.0), (collections.Outcome, collections.Seen[0].Value, collections.Seen[0].Limit));
    }

    [Fact]
    public void Analyze_figurePastItsLimitWithAnExcuse_saysTheExcuse()
    {
        AnalysisResult result = new BottleneckAnalyzer().Analyze(
            Observed.Samples(_ => new ResourceSample { CpuPercent = 99, ThreadPoolQueueDelay = TimeSpan.FromSeconds(3) }), new Thresholds());

        Assert.Contains("the CPU is full", Of(result, Rule.ThreadPoolStarvation).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(3, 1, 0.5)]
    [InlineData(3, 0.5, 0.25)]
    [InlineData(1_000_000, 1, 1)]
    [InlineData(-5, 2, 0)]
    public void Confidence_growsWithPointsAndAgreement(double points, double agreement, double expected) =>
        Assert.Equal(expected, Confidence.Of(points, agreement), 1e-9);

    private static Explanation Of(AnalysisResult result, RuleId rule) => Assert.Single(result.Explanations, explanation => explanation.Rule == rule);
}
