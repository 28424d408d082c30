using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class CpuIntensiveDetectorTests
{
    private readonly CpuIntensiveDetector _detector = new();

    [Theory]
    [InlineData(79.9, 0)]
    [InlineData(80, 1)]
    public void Detect_atTheProcessLimit_finds(double percent, int expected)
    {
        Observations observations = Observed.Samples(_ => new ResourceSample { CpuPercent = percent, CpuCores = percent / 50 });

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, new Thresholds());

        Assert.Equal(expected, found.Count);
        Assert.All(found, bottleneck => Assert.Equal(Observed.Application, bottleneck.Service));
    }

    [Fact]
    public void Detect_ofAShortPeak_findsNothing()
    {
        Observations observations = Observed.Samples(i => new ResourceSample { CpuPercent = i < 4 ? 100 : 10, CpuCores = 1 });

        Assert.Empty(_detector.Detect(observations, new Thresholds()));
    }

    [Fact]
    public void Detect_withFewSamples_saysNothing()
    {
        Observations observations = Observed.Samples(_ => new ResourceSample { CpuPercent = 100 }, count: 4);

        Assert.Empty(_detector.Detect(observations, new Thresholds()));
    }

    [Fact]
    public void Detect_ofAHotLoopOnAMachineWithManyCores_namesTheService()
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { CpuPercent = 6.5, CpuCores = 1.04 })
            .With(Cpu("pricing", 9.8), Cpu("web", 0.4));

        Bottleneck found = Assert.Single(_detector.Detect(observations, new Thresholds()));

        Assert.Equal("pricing", found.Service);
        Assert.Equal(Severity.Medium, found.Severity);
        Assert.Equal(0.98, found.Evidence[0].Value, 1e-9);
        Assert.Equal(0.8, found.Evidence[0].Limit);
        Assert.Equal("pricing", _detector.Recommend(found, observations)!.Service);
    }

    [Fact]
    public void Detect_inABusyProcess_namesTheServicesWithANotableShareOnly()
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { CpuPercent = 100, CpuCores = 2 })
            .With(Cpu("pricing", 12), Cpu("web", 7), Cpu("mail", 1));

        IReadOnlyList<Bottleneck> found = _detector.Detect(observations, new Thresholds { ServiceCpuCores = 4 });

        Assert.Equal(["pricing", "web"], found.Select(bottleneck => bottleneck.Service));
        Assert.True(found[0].ImpactScore > found[1].ImpactScore);
    }

    [Fact]
    public void Detect_ofAHotLoopOnAStarvedMachine_countsWhatItWaitedFor()
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { CpuPercent = 44, CpuCores = 0.88 })
            .With(
                Cpu("pricing", 4) with { QueuedForCpu = TimeSpan.FromSeconds(5.5) },
                Cpu("quotes", 0.4) with { QueuedForCpu = TimeSpan.FromSeconds(13) }); // many short turns, little CPU

        Bottleneck found = Assert.Single(_detector.Detect(observations, new Thresholds()));

        Assert.Equal("pricing", found.Service);
        Assert.Equal(0.95, found.Evidence.Single(evidence => evidence.Measure == "CPU used and waited for").Value, 1e-9);
    }

    [Fact]
    public void Detect_ofAnIdleServiceOnAMachineThatOthersKeepBusy_findsNothing()
    {
        Observations observations = Observed
            .Samples(_ => new ResourceSample { CpuPercent = 1, CpuCores = 0.02, MachineCpuPercent = 100 })
            .With(Cpu("heartbeat", 0.2) with { QueuedForCpu = TimeSpan.FromSeconds(13) }); // all of a small process's CPU

        Assert.Empty(_detector.Detect(observations, new Thresholds()));
    }

    private static ServiceUsage Cpu(string service, double seconds) => new() { Service = service, Cpu = TimeSpan.FromSeconds(seconds) };
}
