using PerfKit.Statistics;

namespace PerfKit.Instrumentation.Tests;

public sealed class OperationSnapshotTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly OperationMeter _meter = new OperationBook(1, 10).MeterOf("orders", new OperationMeterOptions { MeasuresAllocation = true });

    [Fact]
    public void Snapshot_of_known_durations_has_their_figures()
    {
        for (int microseconds = 1; microseconds <= 1_000; microseconds++)
            _meter.Cells.Count(Ticks(microseconds * 1_000), hasFailed: microseconds > 990);

        OperationSnapshot snapshot = _meter.Snapshot(Noon, TimeSpan.FromSeconds(4));

        Assert.Equal((250, 0.01), (snapshot.PerSecond, snapshot.ErrorRate));
        Assert.Equal((1_000, 1_000_000), (snapshot.MinimumNanoseconds, snapshot.MaximumNanoseconds));
        Assert.Equal(500_500, snapshot.MeanNanoseconds);
        AssertNear(500_000, snapshot.P50Nanoseconds);
        AssertNear(900_000, snapshot.P90Nanoseconds);
        AssertNear(950_000, snapshot.P95Nanoseconds);
        AssertNear(990_000, snapshot.P99Nanoseconds);
        AssertNear(999_000, snapshot.P999Nanoseconds);
    }

    [Fact]
    public void Snapshot_without_operations_knows_nothing_but_zero_counts()
    {
        OperationSnapshot snapshot = _meter.Snapshot(Noon, TimeSpan.Zero);

        Assert.Equal((0, 0), (snapshot.Count, snapshot.FailedCount));
        Assert.Null(snapshot.PerSecond);
        Assert.Null(snapshot.ErrorRate);
        Assert.Null(snapshot.MeanNanoseconds);
        Assert.Null(snapshot.P50Nanoseconds);
        Assert.Null(snapshot.MeanAllocatedBytes);
    }

    [Fact]
    public void Since_is_the_window_between_two_snapshots()
    {
        _meter.Cells.Count(Ticks(5_000_000), hasFailed: true);
        OperationSnapshot earlier = _meter.Snapshot(Noon, TimeSpan.FromSeconds(10));
        _meter.Cells.Count(Ticks(1_000), hasFailed: false);
        _meter.Cells.Count(Ticks(3_000), hasFailed: false);

        OperationSnapshot window = _meter.Snapshot(Noon.AddSeconds(2), TimeSpan.FromSeconds(12)).Since(earlier);

        Assert.Equal((2, 0, TimeSpan.FromSeconds(2), 1), (window.Count, window.FailedCount, window.Window, window.PerSecond));
        AssertNear(1_000, window.MinimumNanoseconds);
        AssertNear(3_000, window.MaximumNanoseconds);
        Assert.Equal(2_000, window.MeanNanoseconds);
    }

    [Fact]
    public void Since_a_later_snapshot_is_never_negative()
    {
        OperationMeter meter = new OperationBook(1, 10).MeterOf("orders", new OperationMeterOptions { MeasuresAllocation = true });
        OperationSnapshot earlier = meter.Snapshot();
        using (meter.Measure())
            GC.KeepAlive(new byte[1_000]);

        OperationSnapshot window = earlier.Since(meter.Snapshot());

        Assert.Equal((0, 0, 0, TimeSpan.Zero), (window.Count, window.AllocatedBytes, window.AllocatingCount, window.Window));
    }

    [Fact]
    public void Since_another_operation_is_refused()
    {
        OperationSnapshot other = new OperationBook(1, 10).MeterOf("mails", new OperationMeterOptions()).Snapshot();

        ArgumentException refused = Assert.Throws<ArgumentException>(() => _meter.Snapshot().Since(other));

        Assert.Contains("'mails'; allowed: 'orders'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_takes_its_time_from_the_provider()
    {
        var time = new ManualTime();
        time.Advance(250);

        Assert.Equal(time.GetUtcNow(), _meter.Snapshot(time).TakenAt);
        Assert.True(_meter.Snapshot().Window > TimeSpan.Zero);
    }

    private static long Ticks(long nanoseconds) => (long)(nanoseconds * (System.Diagnostics.Stopwatch.Frequency / 1e9));

    private static void AssertNear(double expected, long? actual) => Assert.InRange(
        (double)actual!, expected * (1 - LatencyHistogram.MaxRelativeError), expected * (1 + LatencyHistogram.MaxRelativeError));
}
