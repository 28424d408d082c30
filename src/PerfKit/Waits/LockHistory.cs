using System.Diagnostics;

namespace PerfKit;

/// <summary>Who had one lock since when, as far as was heard. Bounded: the oldest is forgotten.</summary>
internal sealed class LockHistory
{
    private const int MostTakings = 256;

    // The runtime names no owner for the moment between getting a lock and noting so.
    private static readonly long Fresh = Stopwatch.Frequency / 20;

    private readonly List<(long Thread, long At)> _takings = [];

    /// <summary>How many threads wait for it now.</summary>
    public int Waiters { get; set; }

    /// <summary>Nobody waited for a while, so nobody told who had it: only what is fresh still holds.</summary>
    public void Forget(long now)
    {
        if (_takings.Count > 1)
            _takings.RemoveRange(0, _takings.Count - 1);
        if (_takings.Count > 0 && now - _takings[0].At > Fresh)
            _takings.Clear();
    }

    /// <summary>A thread has the lock.</summary>
    public void Take(long thread, long at)
    {
        if (_takings.Count > 0 && _takings[^1].Thread == thread)
            return;
        if (_takings.Count == MostTakings)
            _takings.RemoveAt(0);
        _takings.Add((thread, at));
    }

    /// <summary>Who had it while a thread waited. Before the first that is known, it was that one; the waiting thread itself had it never.</summary>
    public IReadOnlyList<LockHold> Holds(long waiter, long from, long until)
    {
        var holds = new List<LockHold>();
        long covered = from;
        for (int i = 0; i < _takings.Count && covered < until; i++)
        {
            (long thread, _) = _takings[i];
            long end = until;
            for (int next = i + 1; next < _takings.Count; next++)
            {
                if (_takings[next].Thread == waiter)
                    continue;
                end = Math.Min(_takings[next].At, until);
                break;
            }
            if (thread == waiter || end <= covered)
                continue;
            holds.Add(new LockHold(thread, covered, end));
            covered = end;
        }
        if (covered < until)
            holds.Add(new LockHold(0, covered, until));
        return holds;
    }
}
