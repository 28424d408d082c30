using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class MemoryLeakDetectorTests
{
    private const long Megabyte = 1 << 20;
    private readonly MemoryLeakDetector _detector = new();

    [Fact]
    public void Detect_liveHeapThatGrowsToTheEnd_isALeakWithItsRate()
    {
        Observations leak = Live(i => (100 + i) * Megabyte);

        Bottleneck found = Assert.Single(_detector.Detect(leak, new Thresholds()));

        Assert.Equal(BottleneckType.MemoryLeak, found.Type);
        Assert.Equal(60.0 * Megabyte, found.Evidence[0].Value, 1e-3 * Megabyte);
        Assert.Equal(Observed.Application, found.Service);
        Assert.Equal(found.Evidence[0].Value, _detector.Recommend(found, leak)!.Saving!.AtMost);
    }

    [Fact]
    public void Detect_leakUnderANoisyLoad_isFound()
    {
        var random = new Random(7);
        Assert.Single(_detector.Detect(Live(i => (long)((100 + (0.5 * i) + (5 * random.NextDouble())) * Megabyte)), new Thresholds()));
    }

    [Theory]
    [InlineData("level")]
    [InlineData("warm-up")]
    [InlineData("cache")]
    [InlineData("cache by and by")]
    [InlineData("sawtooth")]
    [InlineData("noise")]
    [InlineData("shrinking")]
    public void Detect_healthyHeap_isNoLeak(string shape)
    {
        var random = new Random(3);
        double Megabytes(int i) => shape switch
        {
            "level" => 100,
            "warm-up" => Math.Min(20 + (10 * i), 150),
            "cache" => i < 45 ? 100 + i : 145,
            "cache by and by" => 200 - (100 * Math.Exp(-i / 12.0)),
            "sawtooth" => 100 + (i % 10 * 10),
            "noise" => 100 + (20 * random.NextDouble()),
            _ => 200 - i,
        };

        Assert.Empty(_detector.Detect(Live(i => (long)(Megabytes(i) * Megabyte) + (i % 7 * 1000)), new Thresholds()));
    }

    [Fact]
    public void Detect_garbageThatPilesUpBetweenCollections_isNoLeak()
    {
        Observations garbage = Observed.Samples(
            i => new ResourceSample { ManagedHeapBytes = (100 + i) * Megabyte, LiveHeapBytes = 50 * Megabyte, WorkingSetBytes = (150 + i) * Megabyte }, 60);

        Assert.Empty(_detector.Detect(garbage, new Thresholds()));
    }

    [Theory]
    [InlineData(11, 10, 0)]
    [InlineData(13, 10, 1)]
    [InlineData(60, 0.1, 0)]    // six seconds: everything grows while it starts
    public void Detect_needsEnoughCollectionsOverEnoughTime(int samples, double secondsApart, int expected)
    {
        Observations leak = Observed.Nothing with
        {
            Samples = [.. Enumerable.Range(0, samples).Select(i => new ResourceSample
            {
                Interval = TimeSpan.FromSeconds(secondsApart), LiveHeapBytes = (100 + (10 * i)) * Megabyte,
            })],
        };

        Assert.Equal(expected, _detector.Detect(leak, new Thresholds()).Count);
    }

    [Fact]
    public void Detect_slowerThanTheLimit_isNoFinding() =>
        Assert.Empty(_detector.Detect(Live(i => (10 * Megabyte) + (i * 17_000)), new Thresholds()));

    [Fact]
    public void Detect_growthOutsideTheHeap_isToldApart()
    {
        Observations native = Observed.Samples(
            i => new ResourceSample
            {
                WorkingSetBytes = (200 + (2 * i)) * Megabyte,
                ManagedHeapBytes = 50 * Megabyte,
                LiveHeapBytes = 40 * Megabyte,
                Generations = new HeapGenerations(0, 0, 40 * Megabyte, 0, 0, 0, 60 * Megabyte),
            },
            120);

        Bottleneck found = Assert.Single(_detector.Detect(native, new Thresholds()));

        Assert.Contains("outside the managed heap", found.Description, StringComparison.Ordinal);
        Assert.Contains("outside the managed heap", _detector.Recommend(found, native)!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_growthOutsideTheHeapForSecondsOnly_isNoLeak()
    {
        Observations beginning = Observed.Samples(
            i => new ResourceSample
            {
                WorkingSetBytes = (200 + (2 * i)) * Megabyte,
                ManagedHeapBytes = 50 * Megabyte,
                Generations = new HeapGenerations(0, 0, 40 * Megabyte, 0, 0, 0, 60 * Megabyte),
            },
            30);

        Assert.Empty(_detector.Detect(beginning, new Thresholds()));
    }

    [Theory]
    [InlineData(4, "orders")]
    [InlineData(6, Observed.Application)]   // in ten seconds: more than half of the ten megabytes that were kept may be its own
    public void Detect_onlyAServiceThatAloneCanHaveKeptIt_isNamed(int othersMegabytes, string expected)
    {
        Observations leak = Live(i => (100 + i) * Megabyte).With(
            new ServiceUsage { Service = "orders", AllocatedBytes = 900 * Megabyte }, new ServiceUsage { Service = "mail", AllocatedBytes = othersMegabytes * Megabyte });

        Assert.Equal(expected, Assert.Single(_detector.Detect(leak, new Thresholds())).Service);
    }

    [Fact]
    public void Detect_growthThatOneLateFullCollectionLeaves_isALeak()
    {
        Observations leak = Old(i => 100 + (5 * i), fullAt: [2, 40], leaves: i => 100 + (5 * i));

        Bottleneck found = Assert.Single(_detector.Detect(leak, new Thresholds()));

        Assert.Equal(300.0 * Megabyte, found.Evidence[0].Value, Megabyte);
    }

    [Fact]
    public void Detect_growthWhoseNextStepIsNotDueYet_isALeak()
    {
        // Old objects grow every fourth second; the window ends two seconds after the full collection.
        Observations leak = Old(i => 100 + (5 * (i - (i % 4))) - (i > 57 ? 0.1 : 0), fullAt: [2, 57], leaves: i => 100 + (5 * i));

        Assert.Single(_detector.Detect(leak, new Thresholds()));
    }

    [Theory]
    [InlineData("reclaimed")]       // a cache that replaces: what the full collection finds is garbage
    [InlineData("early")]           // nothing tells what has become of it since
    [InlineData("ended")]           // it filled, and then no more
    [InlineData("overdue")]         // the next step should have come
    [InlineData("batches")]
    public void Detect_growthThatNoLateFullCollectionLeaves_isNoLeak(string shape)
    {
        Observations healthy = shape switch
        {
            "reclaimed" => Old(i => i < 40 ? 100 + (5 * i) : 100 + (5 * (i - 40)), [2, 40], _ => 100),
            "early" => Old(i => 100 + (5 * i), [2, 25], i => 100 + (5 * i)),
            "ended" => Old(i => Math.Min(300, 100 + (5 * i)) - (i > 42 ? 1 : 0), [2, 42], i => Math.Min(300, 100 + (5 * i))),
            "overdue" => Old(i => 100 + (5 * (Math.Min(i, 51) - (Math.Min(i, 51) % 4))) - (i > 53 ? 0.1 : 0), [2, 53], i => 100 + (5 * Math.Min(i, 51))),
            _ => Old(i => 100 + (i % 11 * 10), [2, 11, 22, 43], i => 100 + (i % 11 * 10)),
        };

        Assert.Empty(_detector.Detect(healthy, new Thresholds()));
    }

    [Fact]
    public void Detect_growthOutsideAHeapThatIsNeverCollected_isFound()
    {
        Observations native = Observed.Samples(i => new ResourceSample { WorkingSetBytes = (200 + (2 * i)) * Megabyte, ManagedHeapBytes = 50 * Megabyte }, 120);

        Assert.Contains("outside the managed heap", Assert.Single(_detector.Detect(native, new Thresholds())).Description, StringComparison.Ordinal);
    }

    // A minute of samples, each after a collection; full ones at some of them.
    private static Observations Old(Func<int, double> megabytes, int[] fullAt, Func<int, double> leaves)
    {
        long? live = 90 * Megabyte;
        return Observed.Samples(
            i =>
            {
                if (fullAt.Contains(i))
                    live = (long)(leaves(i) * Megabyte) + i;
                return new ResourceSample
                {
                    LiveHeapBytes = live,
                    Generations = new HeapGenerations(0, Megabyte, (long)(megabytes(i) * Megabyte) + (10 * Megabyte), 0, 0, 10 * Megabyte, (long)(megabytes(i) * Megabyte)),
                };
            },
            60);
    }

    private static Observations Live(Func<int, long> bytes, int count = 60) => Observed.Samples(i => new ResourceSample { LiveHeapBytes = bytes(i) }, count);
}
