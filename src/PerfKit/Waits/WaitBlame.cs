namespace PerfKit;

/// <summary>How long one service waited because of another. Immutable.</summary>
/// <remarks>
/// Beside services, names are <c>(unattributed)</c> for code outside every service context, <c>(unknown)</c> for a holder that the runtime
/// did not tell of, <c>(all services)</c> for those that a collection pauses, and <c>(queued work)</c> for what waits for the pool.
/// </remarks>
public sealed record WaitBlame
{
    /// <summary>What was waited for.</summary>
    public required WaitKind Kind { get; init; }

    /// <summary>Who waited.</summary>
    public required string Victim { get; init; }

    /// <summary>
    /// Who was waited for: who held the lock, allocated what was collected, or held the pool's threads. A holder that itself waits for a
    /// lock passes the blame on to who holds that one. May be the victim itself: its own threads.
    /// </summary>
    public required string Culprit { get; init; }

    /// <summary>How many waits the culprit had a part in: lock waits, collections, or times that queued work waited.</summary>
    public required long Count { get; init; }

    /// <summary>The culprit's part of the waiting; of several threads that wait at once, all.</summary>
    public required TimeSpan Total { get; init; }

    /// <summary>The culprit's longest part of one wait; <c>null</c> for collections, whose pauses are known in sum only.</summary>
    public TimeSpan? Longest { get; init; }
}
