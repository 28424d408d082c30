namespace PerfKit.Statistics.Tests;

public sealed class LatencyRecorderTests
{
    [Fact]
    public void Record_into_a_known_power_of_two_allocates_nothing()
    {
        LatencyRecorder recorder = Durations.Recorded([1_000, 30_000]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 10_000; i++)
            recorder.Record(1_024 + i);

        // A collection that another test causes counts the rest of this thread's buffer as allocated; ten thousand objects are more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_192);
    }

    [Fact]
    public void Record_of_every_order_of_magnitude_keeps_to_the_stated_memory()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        LatencyRecorder recorder = Durations.Recorded([0, LatencyHistogram.LongestNanoseconds]);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 9_600, 10_500); // the first, short array included
        Assert.Equal(2, recorder.ToHistogram().Count);
    }

    [Fact]
    public void ToHistogram_later_records_do_not_change_it()
    {
        LatencyRecorder recorder = Durations.Recorded([5]);
        LatencyHistogram taken = recorder.ToHistogram();

        recorder.Record(5);
        recorder.Record(5_000_000);

        Assert.Equal(1, taken.Count);
    }

    [Fact]
    public async Task ToHistogram_while_another_thread_writes_never_goes_back_and_ends_exact()
    {
        const int Total = 400_000;
        var recorder = new LatencyRecorder();
        Task writing = Task.Run(() =>
        {
            var random = new Random(1);
            for (int i = 0; i < Total; i++)
                recorder.Record(1L << random.Next(42));
        });

        LatencyHistogram earlier = LatencyHistogram.Empty;
        while (!writing.IsCompleted)
        {
            LatencyHistogram now = recorder.ToHistogram();
            Assert.True(now.Count >= earlier.Count);
            Assert.Equal(now, LatencyHistogram.FromBytes(now.ToBytes())); // whatever was seen is a valid histogram
            earlier = now;
        }
        await writing;

        Assert.Equal(Total, recorder.ToHistogram().Count);
    }
}
