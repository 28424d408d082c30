namespace PerfKit.Sampling.Tests;

/// <summary>A clock that moves when told to; its timers fire on the thread that moves it. Wall clock and monotonic clock can part.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    internal static readonly DateTimeOffset Epoch = new(2031, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _wall = Epoch;
    private long _ticks = 1_000_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate) return _ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _wall;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate) _timers.Add(timer);
        return timer;
    }

    /// <summary>Timers made and not yet disposed.</summary>
    internal int TimerCount
    {
        get
        {
            lock (_gate) return _timers.Count;
        }
    }

    internal void SetWall(DateTimeOffset wall)
    {
        lock (_gate) _wall = wall;
    }

    /// <summary>Waits until some timer is armed: whoever uses this clock has gone to sleep.</summary>
    internal void WaitUntilArmed()
    {
        lock (_gate)
        {
            while (!_timers.Exists(timer => timer.Due is not null))
            {
                if (!Monitor.Wait(_gate, TimeSpan.FromSeconds(30))) throw new TimeoutException("No timer was armed.");
            }
        }
    }

    /// <summary>Moves both clocks, by a negative time if you like, and fires the timers then due.</summary>
    internal void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_gate)
        {
            _ticks += by.Ticks;
            _wall += by;
            due = [.. _timers.Where(timer => timer.Due <= _ticks)];
            foreach (ManualTimer timer in due) timer.Due = null;
        }

        foreach (ManualTimer timer in due) timer.Fire();
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        internal long? Due { get; set; } // guarded by the provider's gate

        internal void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException("One-shot timers only.");
            lock (time._gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._ticks + dueTime.Ticks;
                Monitor.PulseAll(time._gate);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
