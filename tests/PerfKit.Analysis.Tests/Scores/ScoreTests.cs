using FsCheck;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Analysis.Tests;

public sealed class ScoreTests
{
    // Every figure that is scored: what it makes of a sample or of a service's usage, from nothing to far past its critical limit.
    private static readonly (Func<ResourceSample, double, ResourceSample> Make, double Scale)[] SampleFigures =
    [
        ((sample, x) => sample with { ThreadPoolQueueDelay = TimeSpan.FromSeconds(x) }, 5),
        ((sample, x) => sample with { LockWaitThreads = x }, 20),
        ((sample, x) => sample with { GcPausePercent = x }, 100),
        ((sample, x) => sample with { CpuThrottledPercent = x }, 100),
        ((sample, x) => sample with { WorkingSetBytes = (long)x }, 8e9),
        ((sample, x) => sample with { ExceptionsPerSecond = x }, 10_000),
        ((sample, x) => sample with { CpuPercent = x }, 120),
        ((sample, x) => sample with { IoOperationsPerSecond = x }, 500_000),
        ((sample, x) => sample with { IoReadBytesPerSecond = x, IoWrittenBytesPerSecond = 1 }, 1e9),
    ];

    private static readonly (Func<ServiceUsage, double, ServiceUsage> Make, double Scale)[] UsageFigures =
    [
        ((usage, x) => usage with { BlockedOnPool = TimeSpan.FromSeconds(x) }, 200),
        ((usage, x) => usage with { QueuedForCpu = TimeSpan.FromSeconds(x) }, 200),
        ((usage, x) => usage with { LockWaitHeard = TimeSpan.FromSeconds(x) }, 1),
        ((usage, x) => usage with { Exceptions = (long)x }, 100_000),
        ((usage, x) => usage with { Cpu = TimeSpan.FromSeconds(x) }, 100),
        ((usage, x) => usage with { IoOperations = (long)x }, 5e6),
        ((usage, x) => usage with { IoReadBytes = (long)x, IoWrittenBytes = 1 }, 1e10),
    ];

    [Fact]
    public void Scores_oneFigureWorseAndTheOthersAlike_areNeverBetter() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(SampleFigures.Length + UsageFigures.Length, Unit)),
        Arb.From(Gen.Choose(0, SampleFigures.Length + UsageFigures.Length - 1)),
        Arb.From(Unit),
        (figures, worsened, by) =>
        {
            double[] worse = [.. figures];
            worse[worsened] = Math.Min(1, figures[worsened] + by);

            AnalysisResult before = Analyzed(figures), after = Analyzed(worse);

            AssertNotBetter(before.Scores!, after.Scores!);
            AssertNotBetter(Assert.Single(before.ServiceScores), Assert.Single(after.ServiceScores));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scores_slowerOrMoreOftenFailingOperations_areNeverBetter() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 20_000)), Arb.From(Gen.Choose(0, 20_000)), Arb.From(Gen.ArrayOf(2, Gen.Choose(0, 50))),
        (milliseconds, more, failed) => AssertNotBetter(
            Analyzed(Metered(milliseconds, failed[0])).Scores!, Analyzed(Metered(milliseconds + more, failed.Sum())).Scores!)).QuickCheckThrowOnFailure();

    [Fact]
    public void Scores_slowerStart_areNeverBetter() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 30_000)), Arb.From(Gen.Choose(0, 30_000)),
        (milliseconds, more) => AssertNotBetter(
            Analyzed(Observed.Startup(milliseconds / 1e3)).Scores!, Analyzed(Observed.Startup((milliseconds + more) / 1e3)).Scores!)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 100)]
    [InlineData(40, 87.5)]
    [InlineData(80, 75)]
    [InlineData(90, 37.5)]
    [InlineData(100, 18.75)]
    public void Score_ofOneFigure_followsTheFormula(double percent, double expected)
    {
        Score score = Analyzed(Observed.Samples(_ => new ResourceSample { CpuPercent = percent })).Scores!.EfficiencyScore!;

        Assert.Equal(expected, score.Value, 1e-9);
        Assert.Equal((percent, 80.0), (score.DecidedBy.Value, score.DecidedBy.Limit!.Value));
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(95, true)]
    public void Scores_ofTimeThatMayHaveBeenTheRunQueue_fallOnAnIdleMachineOnly(double machinePercent, bool isPerfect)
    {
        Observations observations = Observed.Samples(_ => new ResourceSample { MachineCpuPercent = machinePercent }).With(new ServiceUsage
        {
            Service = "quotes", Entries = 1, BlockedOnPool = TimeSpan.FromSeconds(200), UnsureOnPool = TimeSpan.FromSeconds(200),
        });

        Assert.Equal(isPerfect, Assert.Single(Analyzed(observations).ServiceScores).PerformanceScore!.Value == 100);
    }

    [Fact]
    public void Scores_withNothingToScoreFrom_areNull()
    {
        AnalysisResult nothing = Analyzed(Observed.Nothing);

        Assert.Equal(new ScoreCard { Name = Observed.Application }, nothing.Scores);
        Assert.Null(nothing.Scores!.Lowest);
        Assert.Empty(nothing.ServiceScores);
    }

    [Fact]
    public void Scores_ofALeak_fallByItsImpact()
    {
        Bottleneck leak = Bottleneck.Of(Rule.MemoryLeak, BottleneckType.MemoryLeak, "cache", 65, 1, "It grows.", new Evidence("growth", 9e6, MeasureUnit.Bytes));
        Observations observations = Observed.Samples(_ => new ResourceSample { WorkingSetBytes = 1 }).With(new ServiceUsage { Service = "cache" }, new ServiceUsage { Service = "other" });
        var scores = new ScoreKeeper(observations, new Thresholds(), [leak]);

        Assert.Equal(35, scores.OfProcess().ReliabilityScore!.Value, 1e-9);
        Assert.Equal([35.0, 100.0], scores.OfServices().Select(card => Math.Round(card.ReliabilityScore!.Value, 6)));
    }

    private static Gen<double> Unit => Gen.Choose(0, 100_000).Select(x => x / 1e5);

    private static AnalysisResult Analyzed(double[] figures)
    {
        ResourceSample sample = SampleFigures.Zip(figures).Aggregate(
            new ResourceSample { AvailableCores = 2 }, (sample, figure) => figure.First.Make(sample, figure.Second * figure.First.Scale));
        ServiceUsage usage = UsageFigures.Zip(figures[SampleFigures.Length..]).Aggregate(
            new ServiceUsage { Service = "orders" }, (usage, figure) => figure.First.Make(usage, figure.Second * figure.First.Scale));
        Observations observations = Observed.Samples(_ => sample).With(usage);
        return Analyzed(observations with { Usage = observations.Usage! with { LockWaitHeard = TimeSpan.FromSeconds(1) } });
    }

    private static AnalysisResult Analyzed(Observations observations) => new BottleneckAnalyzer().Analyze(observations, new Thresholds());

    private static Observations Metered(int milliseconds, int failed)
    {
        var recorder = new LatencyRecorder();
        for (int i = 0; i < 100; i++)
            recorder.Record(milliseconds * 1_000_000L);
        return Observed.Nothing with
        {
            Operations = [new OperationSnapshot { Operation = "checkout", TakenAt = DateTimeOffset.UnixEpoch, Window = Observed.Window, Count = 100, FailedCount = failed, Latency = recorder.ToHistogram() }],
        };
    }

    private static void AssertNotBetter(ScoreCard before, ScoreCard after)
    {
        foreach ((Score? was, Score? now) in new[] { (before.PerformanceScore, after.PerformanceScore), (before.ReliabilityScore, after.ReliabilityScore), (before.EfficiencyScore, after.EfficiencyScore) })
        {
            Assert.Equal(was is null, now is null);
            Assert.True(now is null || (now.Value <= was!.Value && now.Value is >= 0 and <= 100), $"{was} became {now}");
        }
    }
}
