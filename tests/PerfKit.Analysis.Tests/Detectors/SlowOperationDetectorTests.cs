using PerfKit.Instrumentation;
using PerfKit.Statistics;

namespace PerfKit.Analysis.Tests;

public sealed class SlowOperationDetectorTests
{
    private readonly SlowOperationDetector _detector = new();

    [Fact]
    public void Detect_oneOfFiftySlow_findsTheOperation()
    {
        Observations observations = With(Operation(200, i => i % 50 == 0 ? 3_000 : 10));

        Bottleneck found = Assert.Single(_detector.Detect(observations, new Thresholds()));

        Assert.Equal("checkout", found.Service);
        Assert.InRange(found.Evidence[0].Value, 2.9, 3.1);
        Assert.Equal(found.Evidence[0].Value - 1, _detector.Recommend(found, observations)!.Saving!.AtLeast, 1e-9);
    }

    [Fact]
    public void Detect_oneOfTwoHundredSlow_isNone() => Assert.Empty(_detector.Detect(With(Operation(400, i => i % 200 == 0 ? 3_000 : 10)), new Thresholds()));

    [Fact]
    public void Detect_tooFewOperations_saysNothing() => Assert.Empty(_detector.Detect(With(Operation(19, _ => 3_000, failed: 19)), new Thresholds()));

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    public void Detect_failuresAtTheLimit_finds(int failed, int expected) =>
        Assert.Equal(expected, _detector.Detect(With(Operation(100, _ => 1, failed)), new Thresholds()).Count);

    [Fact]
    public void Detect_slowAndFailing_isOneFindingWithTheWorseFirst()
    {
        Bottleneck found = Assert.Single(_detector.Detect(With(Operation(200, _ => 1_100, failed: 190)), new Thresholds()));

        Assert.Equal(["failed", "99th percentile"], found.Evidence.Take(2).Select(evidence => evidence.Measure));
    }

    private static Observations With(params OperationSnapshot[] operations) => Observed.Nothing with { Operations = operations };

    private static OperationSnapshot Operation(int count, Func<int, int> milliseconds, int failed = 0)
    {
        var recorder = new LatencyRecorder();
        for (int i = 0; i < count; i++)
            recorder.Record(milliseconds(i) * 1_000_000L);
        return new OperationSnapshot
        {
            Operation = "checkout", TakenAt = DateTimeOffset.UnixEpoch, Window = Observed.Window, Count = count, FailedCount = failed, Latency = recorder.ToHistogram(),
        };
    }
}
