using PerfKit.Analysis;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>
/// Watches waits for a while when a sample breaks one of their limits, and then no more for nine times as long. Samples are told one after
/// another; the end comes with one of them, or with a timer where sampling has stopped.
/// </summary>
internal sealed class BreachWatch(TimeSpan duration, TimeProvider time, Func<WaitObservation> observe, Action<WaitTable> seen) : IDisposable
{
    private const int CoolDown = 9;

    private readonly Lock _gate = new();
    private WaitObservation? _watch; // guarded by _gate, as is all below
    private ITimer? _timer;
    private long? _began;
    private bool _isDisposed;

    public void OnSampled(in ResourceSample sample, Thresholds limits)
    {
        lock (_gate)
        {
            TimeSpan? since = _began is long began ? time.GetElapsedTime(began) : null;
            if (_watch is not null && since >= duration)
                End();
            else if (_watch is null && !_isDisposed && !(since < duration * (1 + CoolDown)) && IsBroken(sample, limits))
                Begin();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            End();
        }
    }

    internal static bool IsBroken(in ResourceSample sample, Thresholds limits) =>
        sample.LockWaitThreads >= limits.LockWaitThreads
        || sample.ThreadPoolQueueDelay >= limits.ThreadPoolQueueDelay
        || sample.GcPausePercent >= limits.GcPausePercent;

    private void Begin()
    {
        _began = time.GetTimestamp();
        _watch = observe();
        _timer = time.CreateTimer(static watch => ((BreachWatch)watch!).OnTimer(), this, duration, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_began is long began && time.GetElapsedTime(began) >= duration) // not one that began since
                End();
        }
    }

    private void End()
    {
        _timer?.Dispose();
        _timer = null;
        WaitObservation? watch = _watch;
        _watch = null;
        if (watch?.Finish() is { } table)
            seen(table);
    }
}
