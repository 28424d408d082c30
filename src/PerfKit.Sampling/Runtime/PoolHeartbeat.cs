namespace PerfKit.Sampling;

/// <summary>
/// Measures how long work waits for a thread-pool thread: with each sample one work item that does nothing is queued, unless the
/// last one still waits. A pool with threads to spare that was quick is asked once a minute only: to wake it costs more than the
/// rest of a sample, because its threads look for more work for a while before they go to sleep again.
/// </summary>
internal sealed class PoolHeartbeat(TimeProvider time, Action<IThreadPoolWorkItem> queue, Func<bool> isIdle) : IResourceReader, IThreadPoolWorkItem
{
    internal static readonly TimeSpan IdleCadence = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(10);

    private const long Never = -1;

    // One item is on its way at most: what the pool writes, the sampler reads after it.
    private long _queuedAt = Never;
    private long _startedAt = Never;
    private bool _isDisposed;

    // To the global queue, where requests and timers come in; the caller's flow is none of its business.
    internal PoolHeartbeat(TimeProvider time)
        : this(time, static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false), IsPoolIdle)
    {
    }

    public void Read(ref ResourceReading reading)
    {
        long started = Volatile.Read(ref _startedAt);
        if (_queuedAt != Never)
        {
            long now = time.GetTimestamp();
            TimeSpan delay = time.GetElapsedTime(_queuedAt, started == Never ? now : started);
            reading.ThreadPoolQueueDelay = delay > TimeSpan.Zero ? delay : TimeSpan.Zero; // a clock may step back
            if (started == Never) return; // it still waits: this long already
            if (reading.ThreadPoolQueueDelay < Quick && time.GetElapsedTime(_queuedAt) < IdleCadence && isIdle()) return;
        }

        if (_isDisposed) return;
        Volatile.Write(ref _startedAt, Never);
        _queuedAt = time.GetTimestamp();
        queue(this);
    }

    public void Execute() => Volatile.Write(ref _startedAt, time.GetTimestamp());

    public void Dispose() => _isDisposed = true;

    /// <summary>Nothing waits, and fewer threads are at work than the pool starts without delay: work that comes now starts now.</summary>
    private static bool IsPoolIdle()
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        ThreadPool.GetAvailableThreads(out int free, out _);
        ThreadPool.GetMinThreads(out int atOnce, out _);
        return most - free < atOnce && ThreadPool.PendingWorkItemCount == 0;
    }
}
