namespace PerfKit.Storage.Tests;

/// <summary>A clock that stands still until somebody waits; then it skips to the end of the wait.</summary>
internal sealed class SkippingTimeProvider : TimeProvider
{
    public TimeSpan Skipped { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Skipped.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Skipped += dueTime;
        callback(state);
        return new Elapsed();
    }

    private sealed class Elapsed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
