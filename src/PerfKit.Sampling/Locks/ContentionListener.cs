using System.Diagnostics.Tracing;

namespace PerfKit.Sampling;

/// <summary>
/// Hears from the runtime when a thread begins to wait for a managed lock, and when it has it (events ContentionStart and
/// ContentionStop of the provider Microsoft-Windows-DotNETRuntime). They come some ten milliseconds late, on a thread of their own, in
/// the order of their time.
/// </summary>
/// <remarks>
/// The runtime has one session for all listeners, and begins it anew whenever one comes or goes; what was on its way is then lost. So
/// while somebody <see cref="Hold">holds</see> the session, no listener of ours ends its part in it. The thread that the session tells
/// on is begun by whoever changes it, and would belong to that caller's service for all of its life: so it is begun without the flow.
/// </remarks>
internal abstract class ContentionListener : EventListener
{
    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const EventKeywords Contention = (EventKeywords)0x4000;
    private const int WaitBeganId = 81;
    private const int WaitEndedId = 91;

    // Positions in the payloads: of version 2 of WaitBegan, and of version 1 of WaitEnded.
    private const int LockId = 2;
    private const int OwnerThread = 4;
    private const int DurationNanoseconds = 2;

    private static int _holders;

    private EventSource? _runtime; // found by the base constructor already: no initializer may set it back
    private bool _isListening;     // guarded by the session's gate

    /// <summary>The runtime tells of its locks; in an application without event support it does not.</summary>
    public bool IsAble => _runtime is not null;

    /// <summary>Somebody needs the session to stay as it is.</summary>
    protected static bool IsHeld => Volatile.Read(ref _holders) > 0;

    /// <summary>Keeps the other listeners from ending their part in the session.</summary>
    public static void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Lets them.</summary>
    public static void Release() => Interlocked.Decrement(ref _holders);

    /// <summary>A thread begins to wait.</summary>
    /// <param name="wait">The event, for its thread and time.</param>
    /// <param name="lockId">Tells locks apart; 0 where the runtime does not.</param>
    /// <param name="owner">The operating system's id of the thread that has the lock; 0 where that is not known.</param>
    protected abstract void WaitBegan(EventWrittenEventArgs wait, ulong lockId, long owner);

    /// <summary>A thread has its lock.</summary>
    /// <param name="wait">The event, for its thread and time.</param>
    /// <param name="duration">How long it had waited.</param>
    protected abstract void WaitEnded(EventWrittenEventArgs wait, TimeSpan duration);

    protected void Listen()
    {
        using SuppressedFlow apart = SuppressedFlow.Begin();
        lock (EventSession.Gate)
        {
            if (!_isListening)
                EnableEvents(_runtime!, EventLevel.Informational, Contention);
            _isListening = true;
        }
    }

    /// <summary>Ends listening. It waits for the thread that hears, so that one must not call it.</summary>
    /// <param name="unless">Asked under the lock whether to go on all the same.</param>
    protected void Ignore(Func<bool> unless)
    {
        using SuppressedFlow apart = SuppressedFlow.Begin();
        lock (EventSession.Gate)
        {
            if (!_isListening || unless())
                return;
            DisableEvents(_runtime!);
            _isListening = false;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        using SuppressedFlow apart = SuppressedFlow.Begin();
        lock (EventSession.Gate)
            base.Dispose();
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
        if (eventData.EventId == WaitBeganId)
        {
            // An older runtime names neither the lock nor its owner.
            ulong lockId = eventData.Payload is { Count: > OwnerThread } names && names[LockId] is nint id ? (ulong)id : 0;
            WaitBegan(eventData, lockId, lockId != 0 && eventData.Payload![OwnerThread] is ulong owner ? (long)owner : 0);
        }
        else if (eventData.EventId == WaitEndedId && eventData.Payload is { Count: > DurationNanoseconds } payload && payload[DurationNanoseconds] is double nanoseconds)
        {
            WaitEnded(eventData, TimeSpan.FromMicroseconds(nanoseconds / 1_000));
        }
    }
}
