namespace PerfKit.Benchmarking.Tests;

/// <summary>A clock that moves when told to. Its timers never fire: what is tested here is driven by operations.</summary>
internal sealed class ManualTime : TimeProvider
{
    public static readonly DateTimeOffset Epoch = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private long _nanoseconds;

    public override long TimestampFrequency => 1_000_000_000;

    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _nanoseconds) / 100);

    public override long GetTimestamp() => Interlocked.Read(ref _nanoseconds);

    public override DateTimeOffset GetUtcNow() => Epoch + Elapsed;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _nanoseconds, by.Ticks * 100);

    public void AdvanceNanoseconds(long by) => Interlocked.Add(ref _nanoseconds, by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new SilentTimer();

    private sealed class SilentTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
