namespace PerfKit;

/// <summary>
/// Finds out whom threads waited for, from what the runtime tells of locks: who had one when somebody began to wait for it, and who
/// got it after a wait. Events come in the order of time. A thread that takes a lock without a wait, while others wait, is not told of:
/// its time counts for whoever had the lock before. Not thread-safe. Bounded.
/// </summary>
internal sealed class LockChronicle(Action<LockWait> ended)
{
    internal const int MostWaiting = 4_096;
    internal const int MostLocks = 1_024;
    private const int MostEnded = 1_024;
    private const int MostNested = 64; // waits that wait for waits, where they are all closed at once

    private readonly Dictionary<long, Waiting> _waiting = [];   // by thread
    private readonly Dictionary<ulong, LockHistory> _locks = [];
    private readonly LockWait?[] _ended = new LockWait?[MostEnded];
    private int _endedCount;
    private long _openedAt = long.MinValue;

    /// <summary>Listening begins; of waits that go on from before, what follows counts.</summary>
    public void Open(long at) => _openedAt = at;

    /// <summary>A thread begins to wait for a lock; the owner is 0 where the runtime does not know it.</summary>
    public void Begin(long thread, long at, ulong lockId, long owner)
    {
        if (_waiting.Remove(thread, out Waiting? lost)) // the end of its last wait was not heard
            lost.Lock.Waiters--;
        if (_waiting.Count >= MostWaiting || HistoryOf(lockId) is not { } history)
            return;
        if (history.Waiters++ == 0)
            history.Forget(at);
        if (owner != 0 && owner != thread)
            history.Take(owner, at);
        _waiting[thread] = new Waiting(history, at);
    }

    /// <summary>A thread has the lock that it waited for.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="at">When it got it.</param>
    /// <param name="duration">How long it had waited: for a wait whose begin was not heard.</param>
    public void End(long thread, long at, long duration)
    {
        if (!_waiting.Remove(thread, out Waiting? wait))
        {
            long since = Math.Max(at - duration, _openedAt);
            Tell(new LockWait(thread, since, at, [new LockHold(0, since, at)]));
            return;
        }
        End(thread, wait, at);
        wait.Lock.Take(thread, at);
    }

    /// <summary>Ends all waits that go on, as if they ended now, and forgets everything.</summary>
    public void Close(long at)
    {
        while (_waiting.Count > 0)
            Close(_waiting.Keys.First(), at, 0);
        _locks.Clear();
        Array.Clear(_ended);
    }

    // Whoever it waits for first: so its own wait is known to be another's.
    private void Close(long thread, long at, int depth)
    {
        _waiting.Remove(thread, out Waiting? wait);
        foreach (LockHold hold in wait!.Lock.Holds(thread, wait.Since, at))
        {
            if (depth < MostNested && _waiting.ContainsKey(hold.Thread))
                Close(hold.Thread, at, depth + 1);
        }
        End(thread, wait, at);
    }

    private void End(long thread, Waiting wait, long at)
    {
        wait.Lock.Waiters--;
        var holds = new List<LockHold>();
        foreach (LockHold hold in wait.Lock.Holds(thread, wait.Since, at))
            AddRoots(hold, holds);
        Tell(new LockWait(thread, wait.Since, at, holds));
    }

    private void Tell(LockWait wait)
    {
        if (wait.Until <= wait.From)
            return;
        _ended[_endedCount++ & (MostEnded - 1)] = wait;
        ended(wait);
    }

    // While a holder waited itself, those are to blame that it waited for. Its waits ended before the one that it caused, so theirs are
    // known to the root.
    private void AddRoots(LockHold hold, List<LockHold> roots)
    {
        int first = roots.Count;
        long until = hold.Until;
        for (int back = 1; back <= Math.Min(_endedCount, MostEnded) && until > hold.From; back++)
        {
            LockWait wait = _ended[(_endedCount - back) & (MostEnded - 1)]!;
            if (wait.Until <= hold.From)
                break;
            if (wait.Thread != hold.Thread || wait.From >= until)
                continue;
            if (wait.Until < until)
                roots.Add(hold with { From = wait.Until, Until = until });
            foreach (LockHold root in wait.Holds)
            {
                LockHold part = root.Within(hold.From, Math.Min(wait.Until, until));
                if (part.Ticks > 0)
                    roots.Add(part);
            }
            until = Math.Max(wait.From, hold.From);
        }
        if (until > hold.From)
            roots.Add(hold with { Until = until });
        roots.Sort(first, roots.Count - first, Comparer<LockHold>.Create(static (left, right) => left.From.CompareTo(right.From)));
    }

    private LockHistory? HistoryOf(ulong lockId)
    {
        if (_locks.TryGetValue(lockId, out LockHistory? history))
            return history;
        if (_locks.Count >= MostLocks)
        {
            foreach ((ulong idle, _) in _locks.Where(known => known.Value.Waiters == 0).ToArray())
                _locks.Remove(idle);
        }
        return _locks.Count < MostLocks ? _locks[lockId] = new LockHistory() : null;
    }

    private sealed record Waiting(LockHistory Lock, long Since);
}
