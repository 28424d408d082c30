using System.Diagnostics.Tracing;

namespace PerfKit.Sampling;

/// <summary>A thread waited for a managed lock.</summary>
/// <param name="thread">The operating system's id of the thread.</param>
/// <param name="ago">How long ago the wait ended.</param>
/// <param name="duration">How long it was.</param>
internal delegate void LockWaited(long thread, TimeSpan ago, TimeSpan duration);

/// <summary>
/// Hears from the runtime when a thread begins to wait for a managed lock, and when it has it (events ContentionStart and
/// ContentionStop of the provider Microsoft-Windows-DotNETRuntime). They come some milliseconds late, on a thread of their own.
/// </summary>
internal sealed class LockListener(LockWaits waits) : EventListener
{
    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Contention = (EventKeywords)0x4000;
    private const int WaitBegan = 81;
    private const int WaitEnded = 91;
    private const int DurationNanoseconds = 2; // position in the payload of WaitEnded, since its version 1

    private readonly Lock _switching = new();
    private EventSource? _runtime; // found by the base constructor already: no initializer may set it back
    private int _isFull;

    /// <summary>The runtime tells of its locks; in an application without event support it does not.</summary>
    public bool IsAble => _runtime is not null;

    /// <summary>Raised for every wait that is heard of, on the thread that hears; with several listeners at work, by each.</summary>
    public static event LockWaited? Waited;

    public void Start()
    {
        lock (_switching)
        {
            Volatile.Write(ref _isFull, 0);
            EnableEvents(_runtime!, EventLevel.Informational, Contention);
        }
    }

    public void Stop()
    {
        lock (_switching) DisableEvents(_runtime!);
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Provider)
            _runtime = eventSource;
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventId == WaitBegan)
            waits.Begin(eventData.OSThreadId, eventData.TimeStamp);
        else if (eventData.EventId == WaitEnded && eventData.Payload is { Count: > DurationNanoseconds } payload && payload[DurationNanoseconds] is double nanoseconds)
            Ended(eventData, TimeSpan.FromMicroseconds(nanoseconds / 1_000));
    }

    private void Ended(EventWrittenEventArgs wait, TimeSpan duration)
    {
        if (waits.IsOpen)
            Waited?.Invoke(wait.OSThreadId, TimeProvider.System.GetUtcNow().UtcDateTime - wait.TimeStamp, duration);
        if (!waits.End(wait.OSThreadId, wait.TimeStamp, duration) && Interlocked.Exchange(ref _isFull, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static listener => listener.StopIfFull(), this, preferLocal: false); // stopping waits for this very thread
    }

    private void StopIfFull()
    {
        lock (_switching)
        {
            if (Volatile.Read(ref _isFull) != 0) // not started anew since
                DisableEvents(_runtime!);
        }
    }
}
