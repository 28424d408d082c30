using System.Collections.Concurrent;
using System.Diagnostics;

namespace PerfKit.WaitsBenchmark;

/// <summary>A thread's time at a lock, as it wrote it down itself: raw timestamps.</summary>
internal readonly record struct LockTime(object Gate, int Thread, string Service, long From, long Until);

/// <summary>What a program's threads wrote down: when each waited for a lock, and when it held one. The truth.</summary>
internal sealed class LockLog
{
    private readonly ConcurrentQueue<LockTime> _waits = new();
    private readonly ConcurrentQueue<LockTime> _holds = new();

    public IReadOnlyList<LockTime> Waits => [.. _waits];

    /// <summary>Takes a lock, does some work with it, and writes down both.</summary>
    public void Hold(IGate gate, string service, Action work)
    {
        long asked = Stopwatch.GetTimestamp();
        gate.Enter();
        long taken = Stopwatch.GetTimestamp();
        try
        {
            work();
        }
        finally
        {
            _holds.Enqueue(new LockTime(gate, Environment.CurrentManagedThreadId, service, taken, Stopwatch.GetTimestamp()));
            gate.Exit();
        }
        _waits.Enqueue(new LockTime(gate, Environment.CurrentManagedThreadId, service, asked, taken));
    }

    /// <summary>For whom somebody waited, and how long: where a holder itself waited for another lock, for who held that one.</summary>
    public IReadOnlyDictionary<string, long> CulpritsOf(LockTime wait)
    {
        var culprits = new Dictionary<string, long>(StringComparer.Ordinal);
        Add(wait, wait.From, wait.Until, culprits);
        return culprits;
    }

    private void Add(LockTime wait, long from, long until, Dictionary<string, long> culprits)
    {
        foreach (LockTime hold in _holds.Where(hold => hold.Gate == wait.Gate && hold.Thread != wait.Thread && hold.From < until && hold.Until > from))
        {
            long begin = Math.Max(hold.From, from), end = Math.Min(hold.Until, until);
            long own = end - begin;
            foreach (LockTime other in _waits.Where(other => other.Thread == hold.Thread && other.Gate != hold.Gate && other.From < end && other.Until > begin))
            {
                long since = Math.Max(other.From, begin), till = Math.Min(other.Until, end);
                own -= till - since;
                Add(other, since, till, culprits);
            }
            culprits[hold.Service] = culprits.GetValueOrDefault(hold.Service) + own;
        }
    }
}
