using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class MemoryPressureDetectorTests
{
    private readonly MemoryPressureDetector _detector = new();

    [Theory]
    [InlineData((1L << 30) - 1, 0)]
    [InlineData(1L << 30, 1)]
    public void Detect_atTheLimit_finds(long bytes, int expected) =>
        Assert.Equal(expected, _detector.Detect(Memory(bytes, 1 << 20), new Thresholds()).Count);

    [Theory]
    [InlineData(0.9, "managed heap")]
    [InlineData(0.1, "outside the managed heap")]
    public void Recommend_tellsTheHeapFromTheRest(double heapShare, string expected)
    {
        Observations observations = Memory(2L << 30, (long)(heapShare * (2L << 30)));
        Bottleneck found = Assert.Single(_detector.Detect(observations, new Thresholds()));

        Assert.Contains(expected, _detector.Recommend(found, observations)!.Title, StringComparison.Ordinal);
    }

    private static Observations Memory(long workingSet, long heap) =>
        Observed.Samples(_ => new ResourceSample { WorkingSetBytes = workingSet, ManagedHeapBytes = heap });
}
