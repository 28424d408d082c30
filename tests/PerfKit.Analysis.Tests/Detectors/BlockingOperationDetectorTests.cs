using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class BlockingOperationDetectorTests
{
    private readonly BlockingOperationDetector _detector = new();

    [Theory]
    [InlineData(4.9, 0)]
    [InlineData(5.0, 1)]
    public void Detect_atTheLimitOfHeldThreads_finds(double blockedSeconds, int expected)
    {
        Observations observations = Observed.Nothing.With(Blocked(blockedSeconds, queued: TimeSpan.Zero));

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, new Thresholds());

        Assert.Equal(expected, found.Count);
        Assert.All(found, bottleneck => Assert.NotNull(_detector.Recommend(bottleneck, observations)));
    }

    [Fact]
    public void Explain_withoutAnyService_saysThatNoContextWasEntered() => Assert.StartsWith(
        "No verdict: no service context was entered", _detector.Explain(Observed.Nothing.With(), new Thresholds()).Reason, StringComparison.Ordinal);

    [Fact]
    public void Detect_ofThreadsOutsideThePool_findsNothing()
    {
        ServiceUsage consumer = Blocked(10, queued: TimeSpan.Zero) with { BlockedOnPool = TimeSpan.Zero };

        Assert.Empty(_detector.Detect(Observed.Nothing.With(consumer), new Thresholds()));
    }

    [Theory]
    [InlineData(95, 0)]
    [InlineData(30, 1)]
    public void Detect_whereTimeInTheRunQueueIsUnknown_needsAMachineThatIsNotBusy(double machinePercent, int expected)
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { MachineCpuPercent = machinePercent })
            .With(Blocked(9, queued: null));

        Assert.Equal(expected, _detector.Detect(observations, new Thresholds()).Count);
    }

    [Fact]
    public void Detect_whileTheProcessStoodStill_saysNothing()
    {
        Observations frozen = Observed.Samples(_ => new ResourceSample { MachineCpuPercent = 10 }).With(Blocked(9, TimeSpan.Zero));
        frozen = frozen with { Samples = [.. frozen.Samples, new ResourceSample { Interval = TimeSpan.FromSeconds(6) }] };

        Assert.Empty(_detector.Detect(frozen, new Thresholds()));
    }

    [Theory]
    [InlineData(95, 0)]
    [InlineData(30, 1)]
    public void Detect_ofTimeThatMayHaveBeenTheRunQueue_countsItOnAnIdleMachineOnly(double machinePercent, int expected)
    {
        ServiceUsage unsure = Blocked(9, TimeSpan.Zero) with { UnsureOnPool = TimeSpan.FromSeconds(9) };
        Observations observations = Observed.Samples(_ => new ResourceSample { MachineCpuPercent = machinePercent }).With(unsure);

        Assert.Equal(expected, _detector.Detect(observations, new Thresholds()).Count);
    }

    [Fact]
    public void Detect_inLessThanASecond_saysNothing()
    {
        Observations brief = Observed.Nothing.With(Blocked(9, TimeSpan.Zero));
        brief = brief with { Usage = brief.Usage! with { Window = TimeSpan.FromMilliseconds(999) } };

        Assert.Empty(_detector.Detect(brief, new Thresholds()));
    }

    private static ServiceUsage Blocked(double seconds, TimeSpan? queued) => new()
    {
        Service = "quotes",
        Entries = 100,
        Cpu = TimeSpan.FromSeconds(1),
        Blocked = TimeSpan.FromSeconds(seconds),
        BlockedOnPool = TimeSpan.FromSeconds(seconds),
        QueuedForCpu = queued,
    };
}
