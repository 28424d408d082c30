using PerfKit.Statistics;

namespace PerfKit.Instrumentation.Tests;

/// <summary>Threads that come, write and end, beside one that reads: nothing is lost, nothing is seen twice, memory stays bounded.</summary>
public sealed class OperationCellsTests
{
    [Fact]
    public async Task Snapshot_while_threads_write_and_die_sees_every_operation_exactly_once()
    {
        const int Writers = 4, Generations = 40, Operations = 2_000;
        OperationMeter meter = new OperationBook(1, 1_000).MeterOf("stress", new OperationMeterOptions());
        Task[] writing = [.. Enumerable.Range(0, Writers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (int generation = 0; generation < Generations; generation++)
                    OnNewThread(() => Run(meter, Operations, failEvery: 10));
            },
            TaskCreationOptions.LongRunning))];
        Task all = Task.WhenAll(writing);

        // Windows of successive snapshots: each operation must be in exactly one of them.
        OperationSnapshot earlier = meter.Snapshot();
        long counted = earlier.Count, timed = earlier.Latency.Count;
        while (!all.IsCompleted)
            Add(meter.Snapshot());
        await all;
        Add(meter.Snapshot());

        const long Expected = (long)Writers * Generations * Operations;
        Assert.Equal((Expected, Expected), (counted, timed));
        Assert.Equal(Expected / 10, meter.Snapshot().FailedCount);
        Assert.Equal(Expected, meter.Snapshot().Latency.Count);

        void Add(OperationSnapshot now)
        {
            Assert.True(now.Count >= earlier.Count);
            Assert.True(now.FailedCount <= now.Count);
            OperationSnapshot window = now.Since(earlier);
            counted += window.Count;
            timed += window.Latency.Count;
            earlier = now;
        }
    }

    [Fact]
    public void First_operation_of_a_thread_has_the_chance_of_every_other()
    {
        OperationMeter meter = new OperationBook(1, 10).MeterOf("short-lived", new OperationMeterOptions { SampleEvery = 4 });

        int timed = Enumerable.Range(0, 10_000).Count(_ => new OperationCell(meter.Cells, Thread.CurrentThread).IsNextTimed());

        Assert.InRange(timed, 2_500 - 350, 2_500 + 350); // 8 standard deviations
    }

    [Fact]
    public void Cells_of_dead_threads_are_taken_over_without_any_reader()
    {
        var book = new OperationBook(1, 1_000);
        OperationMeter meter = book.MeterOf("churn", new OperationMeterOptions());

        for (int i = 0; i < 300; i++)
        {
            OnNewThread(() => Run(meter, 3));
            Assert.InRange(meter.Cells.LivingCount, 1, 20); // 16 and twice the living ones, of which there is at most one
        }

        Assert.InRange(book.CellCount, 1, 20);
        Assert.Equal(900, meter.Snapshot().Count);
        Assert.Equal((0, 0), (meter.Cells.LivingCount, book.CellCount));
    }

    [Fact]
    public void Threads_beyond_the_most_cells_share_counters_and_lose_nothing()
    {
        var book = new OperationBook(1, maxCells: 1);
        OperationMeter meter = book.MeterOf("full", new OperationMeterOptions { SampleEvery = 3, MeasuresAllocation = true });
        Run(meter, 10, failEvery: 2);
        OnNewThread(() => Run(meter, 20, failEvery: 2));

        OperationSnapshot snapshot = meter.Snapshot();
        Assert.Equal((30, 15), (snapshot.Count, snapshot.FailedCount));
        Assert.InRange(snapshot.Latency.Count, 20, 30); // all of the shared counters' operations are timed
        Assert.Equal(1, book.CellCount);
    }

    [Fact]
    public void Full_book_takes_over_from_dead_threads_of_other_meters()
    {
        var book = new OperationBook(2, maxCells: 4);
        OperationMeter idle = book.MeterOf("idle", new OperationMeterOptions());
        OperationMeter busy = book.MeterOf("busy", new OperationMeterOptions());
        for (int i = 0; i < 4; i++)
            OnNewThread(() => Run(idle, 1));
        Assert.Equal(4, book.CellCount);

        Run(busy, 1);

        Assert.Equal((1, 0, 1), (busy.Cells.LivingCount, idle.Cells.LivingCount, book.CellCount));
        Assert.Equal(4, idle.Snapshot().Count);
    }

    [Fact]
    public void One_cell_keeps_to_the_stated_memory_whatever_the_durations()
    {
        OperationMeter meter = new OperationBook(1, 10).MeterOf("memory", new OperationMeterOptions());
        meter.Cells.Count(100, false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        meter.Cells.Count(LatencyHistogram.LongestNanoseconds, false); // makes counters for everything in between

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 10_000);
    }

    private static void Run(OperationMeter meter, int operations, int failEvery = int.MaxValue)
    {
        for (int i = 1; i <= operations; i++)
        {
            using OperationScope scope = meter.Measure();
            if (i % failEvery == 0)
                scope.Fail();
        }
    }

    private static void OnNewThread(ThreadStart work)
    {
        var thread = new Thread(work);
        thread.Start();
        thread.Join();
    }
}
