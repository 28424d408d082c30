namespace PerfKit.Instrumentation.Tests;

public sealed class OperationMeterTests
{
    private readonly OperationBook _book = new(maxNames: 3, maxCells: 100);

    [Fact]
    public void Measure_counts_and_times_each_operation()
    {
        OperationMeter meter = Meter();
        Run(meter, 5);

        OperationSnapshot snapshot = meter.Snapshot();

        Assert.Equal(5, snapshot.Count);
        Assert.Equal(5, snapshot.Latency.Count);
        Assert.Equal(0, snapshot.FailedCount);
        Assert.True(snapshot.MinimumNanoseconds <= snapshot.P50Nanoseconds && snapshot.P999Nanoseconds <= snapshot.MaximumNanoseconds);
    }

    [Fact]
    public void Fail_marks_the_operation_once_and_does_not_end_it()
    {
        OperationMeter meter = Meter();
        using (OperationScope scope = meter.Measure())
        {
            scope.Fail();
            scope.Fail();
            Assert.Equal(0, meter.Snapshot().Count);
        }
        Run(meter, 3);

        Assert.Equal((4, 1, 0.25), (meter.Snapshot().Count, meter.Snapshot().FailedCount, meter.Snapshot().ErrorRate));
    }

    [Fact]
    public void Dispose_a_second_time_is_ignored()
    {
        OperationMeter meter = Meter();
        OperationScope scope = meter.Measure();
        scope.Dispose();
        scope.Dispose();

        Assert.Equal(1, meter.Snapshot().Count);
    }

    [Fact]
    public void Dispose_of_a_default_scope_does_nothing() => default(OperationScope).Dispose();

    [Fact]
    public void IsEnabled_off_counts_nothing_that_begins_and_all_that_had_begun()
    {
        OperationMeter meter = Meter();
        OperationScope before = meter.Measure();
        meter.IsEnabled = false;
        Run(meter, 7);
        before.Dispose();
        Assert.Equal(1, meter.Snapshot().Count);

        meter.IsEnabled = true;
        Run(meter, 2);
        Assert.Equal(3, meter.Snapshot().Count);
    }

    [Fact]
    public void IsEnabled_off_keeps_what_the_meter_measures()
    {
        OperationMeter meter = Meter(new OperationMeterOptions { SampleEvery = 8, MeasuresAllocation = true });
        meter.IsEnabled = false;
        meter.SampleEvery = 4;
        meter.IsEnabled = true;
        Run(meter, 4_000);

        Assert.Equal((4, 4_000), (meter.SampleEvery, meter.Snapshot().Count));
        Assert.InRange(meter.Snapshot().AllocatingCount!.Value, 780, 1_220); // 8 standard deviations
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void Measure_on_a_thread_that_has_its_counters_allocates_nothing(int sampleEvery, bool measuresAllocation)
    {
        OperationMeter meter = Meter(new OperationMeterOptions { SampleEvery = sampleEvery, MeasuresAllocation = measuresAllocation });
        for (int i = 0; i < 42; i++)
            meter.Cells.Count(1L << i, false); // every power of two has been seen, whatever the machine does to the clock
        Run(meter, 1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Run(meter, 10_000);

        // A collection that another test causes counts the rest of this thread's buffer as allocated; ten thousand objects are more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_192);
    }

    [Fact]
    public void Dispose_on_another_thread_counts_there_once_and_claims_no_allocation()
    {
        OperationMeter meter = Meter(new OperationMeterOptions { MeasuresAllocation = true });
        OperationScope scope = meter.Measure();
        OnNewThread(() => scope.Dispose());

        OperationSnapshot snapshot = meter.Snapshot();
        Assert.Equal((1, 0, 0), (snapshot.Count, snapshot.AllocatingCount, snapshot.AllocatedBytes));
        Assert.Null(snapshot.MeanAllocatedBytes);
    }

    [Fact]
    public async Task Measure_across_awaits_is_one_operation_with_its_failure()
    {
        OperationMeter meter = Meter();
        async Task OperateAsync(bool fails)
        {
            using OperationScope scope = meter.Measure();
            await Task.Yield();
            if (fails)
                scope.Fail();
            await Task.Yield();
        }
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => OperateAsync(fails: i % 4 == 0))));

        Assert.Equal((200, 50), (meter.Snapshot().Count, meter.Snapshot().FailedCount));
    }

    [Fact]
    public void MeasuresAllocation_adds_what_the_operation_allocated()
    {
        OperationMeter meter = Meter(new OperationMeterOptions { MeasuresAllocation = true });
        byte[] kept;
        using (meter.Measure())
            kept = new byte[10_000];
        using (meter.Measure())
            kept = new byte[20_000];

        GC.KeepAlive(kept);
        Assert.InRange(meter.Snapshot().MeanAllocatedBytes!.Value, 15_000, 15_200);
        Assert.Null(Meter().Snapshot().AllocatedBytes);
    }

    [Fact]
    public void SampleEvery_times_a_sample_and_counts_all_operations_and_failures()
    {
        OperationMeter meter = Meter(new OperationMeterOptions { SampleEvery = 50 });
        Run(meter, 90_000);
        for (int i = 0; i < 10_000; i++)
        {
            using OperationScope scope = meter.Measure();
            scope.Fail();
        }

        OperationSnapshot snapshot = meter.Snapshot();
        Assert.Equal((100_000, 10_000), (snapshot.Count, snapshot.FailedCount));
        Assert.InRange(snapshot.Latency.Count, 2_000 - 350, 2_000 + 350); // 2,000 ± 8 standard deviations
    }

    [Fact]
    public void SampleEvery_changed_holds_after_1024_operations_at_the_latest()
    {
        OperationMeter meter = Meter(new OperationMeterOptions { SampleEvery = 1_000_000 });
        Run(meter, 10);
        meter.SampleEvery = 2;
        Run(meter, 1_024);
        long before = meter.Snapshot().Latency.Count;

        Run(meter, 10_000);

        Assert.InRange(meter.Snapshot().Latency.Count - before, 4_600, 5_400);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void SampleEvery_outside_its_range_is_refused(int sampleEvery)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Meter(new OperationMeterOptions { SampleEvery = sampleEvery }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Meter().SampleEvery = sampleEvery);
    }

    [Fact]
    public void Create_same_name_gives_the_same_meter_and_keeps_its_options()
    {
        OperationMeter meter = OperationMeter.Create("meter tests: same", new OperationMeterOptions { SampleEvery = 7 });

        Assert.Same(meter, OperationMeter.Create("meter tests: same"));
        Assert.Equal(7, meter.SampleEvery);
        Assert.Contains(meter, OperationMeter.All);
    }

    [Theory]
    [InlineData(null, "(unnamed)")]
    [InlineData(" \t", "(unnamed)")]
    [InlineData("a\0b\n😀", "a\0b\n😀")]
    [InlineData("(other)", "(other)")]
    public void MeterOf_odd_names_are_kept(string? name, string expected) =>
        Assert.Equal(expected, _book.MeterOf(name, new OperationMeterOptions()).Name);

    [Fact]
    public void MeterOf_more_names_than_fit_share_one_meter_and_are_counted()
    {
        OperationMeter[] meters = [.. Enumerable.Range(0, 100).Select(i => _book.MeterOf($"name {i}", new OperationMeterOptions()))];
        foreach (OperationMeter meter in meters)
            Run(meter, 1);

        Assert.Equal(["name 0", "name 1", "name 2", "(other)"], _book.Meters.Select(meter => meter.Name));
        Assert.Equal(97, _book.Overflowed);
        Assert.Equal([1, 1, 1, 97], _book.Meters.Select(meter => meter.Snapshot().Count));
    }

    private static OperationMeter Meter(OperationMeterOptions? options = null) =>
        new OperationBook(maxNames: 1, maxCells: 100).MeterOf("test", options ?? new OperationMeterOptions());

    private static void Run(OperationMeter meter, int operations)
    {
        for (int i = 0; i < operations; i++)
        {
            using (meter.Measure())
            {
            }
        }
    }

    private static void OnNewThread(ThreadStart work)
    {
        var thread = new Thread(work);
        thread.Start();
        thread.Join();
    }
}
