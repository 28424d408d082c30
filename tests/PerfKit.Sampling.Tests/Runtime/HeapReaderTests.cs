namespace PerfKit.Sampling.Tests;

[Collection(OneAtATime.Name)] // it collects, and compares heaps
public sealed class HeapReaderTests
{
    [Fact]
    public void Read_afterFullCollections_seesWhatIsKeptAndWhatIsGone()
    {
        using var reader = new HeapReader();
        GC.Collect();
        long before = Live(reader);

        byte[]? kept = new byte[50_000_000];
        GC.Collect();
        long with = Live(reader);
        GC.KeepAlive(kept);
        kept = null;
        GC.Collect();
        long without = Live(reader);

        // Other tests allocate beside this one, by far less than this.
        Assert.InRange(with - before, 40_000_000, 60_000_000);
        Assert.InRange(with - without, 40_000_000, 60_000_000);
    }

    [Fact]
    public void Read_withoutACollectionBetween_saysTheSameAndAllocatesNothing()
    {
        using var reader = new HeapReader();
        GC.Collect();
        ResourceReading reading = default;
        long allocated = long.MaxValue;

        // A collection may come in between, on behalf of another test: then it is asked again.
        for (int attempt = 0; attempt < 50 && allocated > 0; attempt++)
        {
            reader.Read(ref reading);
            long start = GC.GetAllocatedBytesForCurrentThread();
            reader.Read(ref reading);
            allocated = GC.GetAllocatedBytesForCurrentThread() - start;
        }

        Assert.Equal(0, allocated);
        Assert.NotNull(reading.Generations);
        Assert.True(reading.Generations.Value.Gen2Bytes > 0);
    }

    private static long Live(HeapReader reader)
    {
        ResourceReading reading = default;
        reader.Read(ref reading);
        return reading.LiveHeapBytes!.Value;
    }
}
