using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class ThreadPoolStarvationDetectorTests
{
    private readonly ThreadPoolStarvationDetector _detector = new();

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    public void Detect_delayAtTheLimit_finds(int milliseconds, int expected)
    {
        Observations observations = Delays(_ => milliseconds);

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, new Thresholds());

        Assert.Equal(expected, found.Count);
        Assert.All(found, bottleneck => Assert.NotNull(_detector.Recommend(bottleneck, observations)));
    }

    [Fact]
    public void Detect_burst_isNoStarvation() => Assert.Empty(_detector.Detect(Delays(i => i < 2 ? 5000 : 0), new Thresholds()));

    [Fact]
    public void Detect_fullCpu_isNoStarvation() => Assert.Empty(_detector.Detect(Delays(_ => 5000, cpuPercent: 97), new Thresholds()));

    // Where others have the CPU, only a service that is seen to hold threads tells a starved pool from a starved process.
    [Theory]
    [InlineData(79, 0, 1)]
    [InlineData(80, 0, 0)]
    [InlineData(99, 30, 1)]
    public void Detect_cpuThatOthersHave_isNoStarvationUnlessThreadsAreHeld(double machinePercent, int heldSeconds, int expected)
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { ThreadPoolQueueDelay = TimeSpan.FromSeconds(2), CpuPercent = 10, MachineCpuPercent = machinePercent })
            .With(new ServiceUsage { Service = "quotes", BlockedOnPool = TimeSpan.FromSeconds(heldSeconds) });

        Assert.Equal(expected, _detector.Detect(observations, new Thresholds()).Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(30, 0)]
    public void Detect_threadsThatMayHaveWaitedForABusyCpu_areNotSeenToBeHeld(int unsureSeconds, int expected)
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { ThreadPoolQueueDelay = TimeSpan.FromSeconds(2), CpuPercent = 10, MachineCpuPercent = 99 })
            .With(new ServiceUsage { Service = "quotes", BlockedOnPool = TimeSpan.FromSeconds(30), UnsureOnPool = TimeSpan.FromSeconds(unsureSeconds) });

        Assert.Equal(expected, _detector.Detect(observations, new Thresholds()).Count);
    }

    [Fact]
    public void Detect_tooFewSamples_saysNothing() => Assert.Empty(_detector.Detect(Delays(_ => 5000, count: 3), new Thresholds()));

    [Fact]
    public void Detect_serviceThatHoldsThreads_isNamed()
    {
        Observations observations = Delays(_ => 2000).With(
            new ServiceUsage { Service = "quotes", BlockedOnPool = TimeSpan.FromSeconds(30) },
            new ServiceUsage { Service = "orders", BlockedOnPool = TimeSpan.FromSeconds(2) });

        Assert.Equal("quotes", Assert.Single(_detector.Detect(observations, new Thresholds())).Service);
    }

    private static Observations Delays(Func<int, int> milliseconds, double cpuPercent = 20, int count = 10) => Observed.Samples(
        i => new ResourceSample { ThreadPoolQueueDelay = TimeSpan.FromMilliseconds(milliseconds(i)), ThreadPoolThreadCount = 8, CpuPercent = cpuPercent }, count);
}
