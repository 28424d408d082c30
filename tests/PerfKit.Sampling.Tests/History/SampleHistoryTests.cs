using FsCheck;

namespace PerfKit.Sampling.Tests;

public sealed class SampleHistoryTests
{
    [Fact]
    public void NewHistory_isEmpty()
    {
        var history = new SampleHistory(3);

        Assert.Equal(3, history.Capacity);
        Assert.Equal(0, history.Count);
        Assert.Equal(0, history.TotalCount);
        Assert.Null(history.Latest);
        Assert.Empty(history.ToArray());
        Assert.Empty(history.Since(DateTimeOffset.MinValue));
    }

    [Fact]
    public void ToArray_anySamplesAdded_holdsTheLastOfThemInOrder()
    {
        Prop.ForAll<PositiveInt, byte[]>((capacity, minutes) =>
        {
            SampleHistory history = Filled(2 + (capacity.Get % 9), minutes);
            ResourceSample[] expected = [.. minutes.Select(At).TakeLast(history.Capacity)];

            Assert.Equal(expected, history.ToArray());
            Assert.Equal(expected.Length, history.Count);
            Assert.Equal(minutes.Length, history.TotalCount);
            Assert.Equal(expected.Length == 0 ? null : expected[^1], history.Latest);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Since_anyTimes_keepsThoseNotEarlier()
    {
        // Times in any order, as after the wall clock was set back.
        Prop.ForAll<PositiveInt, byte[], byte>((capacity, minutes, from) =>
        {
            SampleHistory history = Filled(2 + (capacity.Get % 9), minutes);
            DateTimeOffset start = At(from).Timestamp;

            Assert.Equal(history.ToArray().Where(sample => sample.Timestamp >= start), history.Since(start));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void ReadersAndWriters_atOnce_neverSeeATornSample()
    {
        const int Writers = 2, Readers = 2, Passes = 30_000;
        var history = new SampleHistory(3); // small: readers and writers meet in the same slots
        using var gate = new Barrier(Writers + Readers);
        int reading = Readers;
        long added = 0;
        var torn = new System.Collections.Concurrent.ConcurrentQueue<string>();

        Thread[] threads =
        [
            .. Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
            {
                gate.SignalAndWait();
                long i = 0;
                for (; Volatile.Read(ref reading) > 0; i++) history.Add(AllOf((i * Writers) + writer));
                Interlocked.Add(ref added, i);
            })),
            .. Enumerable.Range(0, Readers).Select(_ => new Thread(() =>
            {
                gate.SignalAndWait();
                for (int pass = 0; pass < Passes && torn.IsEmpty; pass++)
                {
                    foreach (ResourceSample sample in history.ToArray()) Check(sample);
                    foreach (ResourceSample sample in history.Since(ManualTimeProvider.Epoch)) Check(sample);
                    if (history.Latest is { } latest) Check(latest);
                }

                Interlocked.Decrement(ref reading);
            })),
        ];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        Assert.Empty(torn);
        Assert.Equal(added, history.TotalCount); // none was lost between two writers
        Assert.Equal(3, history.ToArray().Distinct().Count());

        void Check(in ResourceSample sample)
        {
            if (sample != AllOf(sample.LockContentionCount)) torn.Enqueue(sample.ToString());
        }
    }

    private static SampleHistory Filled(int capacity, byte[] minutes)
    {
        var history = new SampleHistory(capacity);
        foreach (byte minute in minutes) history.Add(At(minute));
        return history;
    }

    private static ResourceSample At(byte minute) => new() { Timestamp = ManualTimeProvider.Epoch.AddMinutes(minute) };

    /// <summary>A sample whose fields, first to last, all follow from one number.</summary>
    private static ResourceSample AllOf(long n) => new()
    {
        Timestamp = ManualTimeProvider.Epoch.AddTicks(n),
        Interval = TimeSpan.FromTicks(n),
        CpuTime = TimeSpan.FromTicks(n),
        CpuCores = n,
        WorkingSetBytes = n,
        AllocatedBytesPerSecond = n,
        Gen2Collections = (int)n,
        GcPause = TimeSpan.FromTicks(n),
        LockContentionCount = n,
        IoReadBytes = n,
        StorageWrittenBytes = n,
    };
}
