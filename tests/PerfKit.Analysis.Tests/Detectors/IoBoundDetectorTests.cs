using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class IoBoundDetectorTests
{
    private readonly IoBoundDetector _detector = new();

    [Theory]
    [InlineData(99_999_999, 0)]
    [InlineData(100_000_000, 1)]
    public void Detect_atTheByteLimit_finds(double bytes, int expected) =>
        Assert.Equal(expected, _detector.Detect(Io(bytes, 1_000), new Thresholds()).Count);

    [Fact]
    public void Detect_ofManySmallCalls_namesTheServiceThatMadeThem()
    {
        Observations observations = Io(40_000_000, 100_000).With(
            Calls("journal", 950_000) with { IoReadBytes = 15_000_000, IoWrittenBytes = 200_000 },
            Calls("web", 20_000) with { IoReadBytes = 380_000_000 }); // most bytes, few calls

        Bottleneck found = Assert.Single(_detector.Detect(observations, new Thresholds()));
        Recommendation advice = _detector.Recommend(found, observations)!;

        Assert.Equal("journal", found.Service);
        Assert.Equal("journal made 95 % of the process's 100 000 I/O calls a second, 16 bytes each on average.", found.Description);
        Assert.Equal(MeasureUnit.CountPerSecond, found.Evidence[0].Unit);
        Assert.Equal(50_000, found.Evidence[0].Limit);
        Assert.Equal(95_000 - (1_520_000 / 4_096.0), advice.Saving!.AtMost, 1e-6);
    }

    [Fact]
    public void Detect_whenNoServiceMadeHalf_namesTheApplication()
    {
        Observations observations = Io(0, 100_000).With(Calls("a", 400_000), Calls("b", 300_000));

        Assert.Equal(Observed.Application, Assert.Single(_detector.Detect(observations, new Thresholds())).Service);
    }

    [Fact]
    public void Detect_withoutFigures_saysNothing() =>
        Assert.Empty(_detector.Detect(Observed.Samples(_ => new ResourceSample()), new Thresholds()));

    [Fact]
    public void Detect_ofPerfKitsOwnReads_findsNothing()
    {
        Observations observations = Io(1_000_000, 80_000).With(Calls("waiting", 10));
        observations = observations with { Usage = observations.Usage! with { OwnIoOperations = 700_000 } };

        Assert.Empty(_detector.Detect(observations, new Thresholds()));
    }

    private static Observations Io(double bytes, double calls) => Observed.Samples(_ => new ResourceSample
    {
        IoReadBytesPerSecond = bytes / 2,
        IoWrittenBytesPerSecond = bytes / 2,
        IoOperationsPerSecond = calls,
    });

    private static ServiceUsage Calls(string service, long calls) => new() { Service = service, IoOperations = calls };
}
