using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

/// <summary>Detectors that hold one figure of the process against its limit.</summary>
public sealed class ProcessRateDetectorTests
{
    [Theory]
    [InlineData(9.99, 0)]
    [InlineData(10, 1)]
    public void GcPressure_meanPauseAtTheLimit_finds(double percent, int expected) =>
        Check(new GcPressureDetector(), BottleneckType.GcPressure, Observed.Samples(_ => new ResourceSample { GcPausePercent = percent }), expected);

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    public void ExceptionStorm_medianRateAtTheLimit_finds(double rate, int expected) =>
        Check(new ExceptionStormDetector(), BottleneckType.ExceptionStorm, Observed.Samples(_ => new ResourceSample { ExceptionsPerSecond = rate }), expected);

    [Theory]
    [InlineData(4.9, 0)]
    [InlineData(5, 1)]
    public void CpuThrottled_meanShareAtTheLimit_finds(double percent, int expected) =>
        Check(new CpuThrottledDetector(), BottleneckType.CpuThrottled, Observed.Samples(_ => new ResourceSample { CpuThrottledPercent = percent }), expected);

    [Fact]
    public void ExceptionStorm_burst_isNone() => Assert.Empty(
        new ExceptionStormDetector().Detect(Observed.Samples(i => new ResourceSample { ExceptionsPerSecond = i < 4 ? 10_000 : 0 }), new Thresholds()));

    [Fact]
    public void Detectors_figureUnknown_findNothing()
    {
        Observations unknown = Observed.Samples(_ => default);
        foreach (IBottleneckDetector detector in BottleneckAnalyzer.DefaultDetectors)
            Assert.Empty(detector.Detect(unknown, new Thresholds()));
    }

    [Fact]
    public void GcPressure_serviceThatAllocates_isNamedWithItsShareOfTheSaving()
    {
        var detector = new GcPressureDetector();
        Observations observations = Observed
            .Samples(_ => new ResourceSample { GcPausePercent = 40, AllocatedBytesPerSecond = 1e9 })
            .With(new ServiceUsage { Service = "export", AllocatedBytes = 8_000_000_000 }, new ServiceUsage { Service = "mail", AllocatedBytes = 1_000_000 });

        Bottleneck found = Assert.Single(detector.Detect(observations, new Thresholds()));

        Assert.Equal("export", found.Service);
        Assert.Equal(32, detector.Recommend(found, observations)!.Saving!.AtMost, 1e-9);
    }

    // What a loop allocates that never leaves its thread is booked nowhere; the CPU it runs on is.
    [Theory]
    [InlineData(6, 2, 0, "export")]
    [InlineData(6, 4, 0, Observed.Application)]                 // another service may be it
    [InlineData(4, 1, 0, Observed.Application)]                 // so may code in no context
    [InlineData(6, 2, 6_000_000_000, Observed.Application)]     // most is booked, to others by parts
    public void GcPressure_allocationThatNobodyBooked_isTheBusiestLoops(int cpuSeconds, int cpuOfOthers, long bookedByOthers, string expected)
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { GcPausePercent = 40, AllocatedBytesPerSecond = 1e9 })
            .With(
                new ServiceUsage { Service = "export", Cpu = TimeSpan.FromSeconds(cpuSeconds) },
                new ServiceUsage { Service = "mail", Cpu = TimeSpan.FromSeconds(cpuOfOthers), AllocatedBytes = bookedByOthers / 2 },
                new ServiceUsage { Service = "search", AllocatedBytes = bookedByOthers / 2 }) with
        {
            ProcessCpu = TimeSpan.FromSeconds(10),
        };

        Assert.Equal(expected, Assert.Single(new GcPressureDetector().Detect(observations, new Thresholds())).Service);
    }

    private static void Check(IBottleneckDetector detector, BottleneckType type, Observations observations, int expected)
    {
        IReadOnlyList<Bottleneck> found = detector.Detect(observations, new Thresholds());

        Assert.Equal(expected, found.Count);
        Assert.All(found, bottleneck =>
        {
            Assert.Equal((type, detector.Rule, Observed.Application), (bottleneck.Type, bottleneck.Rule, bottleneck.Service));
            Assert.NotNull(bottleneck.Evidence[0].Limit);
            Assert.NotEmpty(detector.Recommend(bottleneck, observations)!.Actions);
        });
    }
}
