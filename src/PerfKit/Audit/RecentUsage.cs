using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Remembers what services had used at steps through the recent past, so that a window can end now and begin then.
/// Thread-safe; bounded by the window divided into steps.
/// </summary>
internal sealed class RecentUsage(TimeSpan window, TimeProvider time)
{
    private const int Steps = 30;

    private readonly Lock _lock = new();
    private readonly Queue<(long At, UsageSnapshot Usage)> _past = new(); // guarded by _lock
    private long? _newest; // guarded by _lock

    /// <summary>Takes a snapshot when a step has passed since the last one.</summary>
    public void Remember()
    {
        long now = time.GetTimestamp();
        lock (_lock)
        {
            if (_newest is long newest && time.GetElapsedTime(newest, now) < window / Steps)
                return;
            _newest = now;
            _past.Enqueue((now, UsageSnapshot.Take(time)));
            while (_past.Count > 1 && time.GetElapsedTime(_past.Peek().At, now) > window)
                _past.Dequeue();
        }
    }

    /// <summary>What was used since the oldest step still remembered; <c>null</c> when nothing was remembered yet.</summary>
    public UsageSnapshot? Window()
    {
        UsageSnapshot? oldest;
        lock (_lock)
            oldest = _past.TryPeek(out (long At, UsageSnapshot Usage) first) ? first.Usage : null;
        return oldest is null ? null : UsageSnapshot.Take(time).Since(oldest);
    }
}
