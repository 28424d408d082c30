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

    /// <summary>What was used since the oldest step within the window; <c>null</c> when there is none.</summary>
    public UsageSnapshot? Window()
    {
        UsageSnapshot? oldest = null;
        long now = time.GetTimestamp();
        lock (_lock)
        {
            // Steps are apart, so the one at the window's edge may lie a little beyond it.
            foreach ((long at, UsageSnapshot usage) in _past)
            {
                if (time.GetElapsedTime(at, now) > window + (window / Steps * 2))
                    continue;
                oldest = usage;
                break;
            }
        }
        return oldest is null ? null : UsageSnapshot.Take(time).Since(oldest);
    }
}
