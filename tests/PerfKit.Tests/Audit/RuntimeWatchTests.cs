using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class RuntimeWatchTests
{
    [Fact]
    public async Task Wait_partsOfAMillisecondAreLeft_areNotSpunAway()
    {
        using var sampler = new ResourceSampler();
        var time = new WholeMilliseconds();
        var progress = new Counted();

        await new RuntimeWatch(sampler, time).WaitAsync(TimeSpan.FromMilliseconds(1_000.4), progress, CancellationToken.None);

        Assert.Equal(3, progress.Reports); // at the beginning, after a second, at the end
    }

    private sealed class Counted : IProgress<AuditProgress>
    {
        public int Reports { get; private set; }

        public void Report(AuditProgress value)
        {
            if (++Reports == 100)
                throw new InvalidOperationException("Spinning.");
        }
    }

    /// <summary>Timers that count whole milliseconds, as the system's do; each passes at once.</summary>
    private sealed class WholeMilliseconds : TimeProvider
    {
        private static readonly TimeSpan Glance = TimeSpan.FromMicroseconds(10);
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, Glance.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Add(ref _now, (long)dueTime.TotalMilliseconds * TimeSpan.TicksPerMillisecond);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
