namespace PerfKit;

/// <summary>A thread that had a lock for a part of another's wait; times are raw timestamps.</summary>
/// <param name="Thread">The operating system's id of the thread; 0 where the runtime did not tell.</param>
/// <param name="From">When its part began.</param>
/// <param name="Until">When it ended.</param>
internal readonly record struct LockHold(long Thread, long From, long Until)
{
    public long Ticks => Until - From;

    public LockHold Within(long from, long until) => new(Thread, Math.Max(From, from), Math.Min(Until, until));
}

/// <summary>A wait that has ended, and whom it was for: holds that follow one another from its beginning to its end.</summary>
internal sealed record LockWait(long Thread, long From, long Until, IReadOnlyList<LockHold> Holds);
