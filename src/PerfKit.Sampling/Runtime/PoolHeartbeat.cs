namespace PerfKit.Sampling;

/// <summary>
/// Measures how long work waits for a thread-pool thread: with each sample one work item that does nothing is queued, unless the
/// last one still waits.
/// </summary>
internal sealed class PoolHeartbeat(TimeProvider time, Action<IThreadPoolWorkItem> queue) : IResourceReader, IThreadPoolWorkItem
{
    private const long Never = -1;

    // One item is on its way at most: what the pool writes, the sampler reads after it.
    private long _queuedAt = Never;
    private long _startedAt = Never;
    private bool _isDisposed;

    // To the global queue, where requests and timers come in; the caller's flow is none of its business.
    internal PoolHeartbeat(TimeProvider time)
        : this(time, static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false))
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
        }

        if (_isDisposed) return;
        Volatile.Write(ref _startedAt, Never);
        _queuedAt = time.GetTimestamp();
        queue(this);
    }

    public void Execute() => Volatile.Write(ref _startedAt, time.GetTimestamp());

    public void Dispose() => _isDisposed = true;
}
