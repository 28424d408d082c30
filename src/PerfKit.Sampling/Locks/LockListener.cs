using System.Diagnostics.Tracing;

namespace PerfKit.Sampling;

/// <summary>A thread waited for a managed lock.</summary>
/// <param name="thread">The operating system's id of the thread.</param>
/// <param name="ago">How long ago the wait ended.</param>
/// <param name="duration">How long it was.</param>
internal delegate void LockWaited(long thread, TimeSpan ago, TimeSpan duration);

/// <summary>Adds up how long threads wait, for the samples; ends by itself when that is enough to know.</summary>
internal sealed class LockListener(LockWaits waits) : ContentionListener
{
    private int _isFull;

    /// <summary>Raised for every wait that is heard of, on the thread that hears; with several listeners at work, by each.</summary>
    public static event LockWaited? Waited;

    public void Start()
    {
        Volatile.Write(ref _isFull, 0);
        Listen();
    }

    /// <summary>Ends listening as soon as nobody holds the session; called again, it tries again.</summary>
    public void Stop() => Ignore(unless: static () => IsHeld);

    /// <inheritdoc/>
    protected override void WaitBegan(EventWrittenEventArgs wait, ulong lockId, long owner) => waits.Begin(wait.OSThreadId, wait.TimeStamp);

    /// <inheritdoc/>
    protected override void WaitEnded(EventWrittenEventArgs wait, TimeSpan duration)
    {
        if (waits.IsOpen)
            Waited?.Invoke(wait.OSThreadId, TimeProvider.System.GetUtcNow().UtcDateTime - wait.TimeStamp, duration);
        if (!waits.End(wait.OSThreadId, wait.TimeStamp, duration) && !IsHeld && Interlocked.Exchange(ref _isFull, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static listener => listener.StopIfFull(), this, preferLocal: false); // stopping waits for this very thread
    }

    private void StopIfFull() => Ignore(unless: () => IsHeld || Volatile.Read(ref _isFull) == 0); // started anew since
}
