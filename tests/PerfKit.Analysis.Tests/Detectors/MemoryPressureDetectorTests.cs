using PerfKit.Instrumentation;
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

    [Theory]
    [InlineData(1.8, 2.0, 2.4, "catalog")]          // of 1.8 GiB on the heap, others can hold 0.4 at most
    [InlineData(1.8, 2.0, 3.0, Observed.Application)]   // a gibibyte may be others'
    [InlineData(0.4, 2.0, 2.1, Observed.Application)]   // most of it is not on the heap
    public void Detect_onlyAServiceThatAloneCanHoldIt_isNamed(double heap, double ofService, double allocated, string expected)
    {
        Observations observations = Observed.Samples(_ => new ResourceSample
        {
            WorkingSetBytes = 2L << 30, ManagedHeapBytes = Gibibytes(heap), AllocatedBytes = Gibibytes(allocated),
        }) with
        {
            Lifetime = new UsageSnapshot
            {
                TakenAt = DateTimeOffset.UnixEpoch,
                Services = [new ServiceUsage { Service = "mail", AllocatedBytes = 5 }, new ServiceUsage { Service = "catalog", AllocatedBytes = Gibibytes(ofService) }],
            },
        };

        Assert.Equal(expected, Assert.Single(_detector.Detect(observations, new Thresholds())).Service);

        static long Gibibytes(double count) => (long)(count * (1L << 30));
    }

    private static Observations Memory(long workingSet, long heap) =>
        Observed.Samples(_ => new ResourceSample { WorkingSetBytes = workingSet, ManagedHeapBytes = heap });
}
