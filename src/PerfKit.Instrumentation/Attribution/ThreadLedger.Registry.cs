using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

// All threads' ledgers, and the sums of those whose threads have ended.
internal sealed partial class ThreadLedger
{
    private static readonly Lock Registration = new();
    private static readonly List<ThreadLedger> Ledgers = []; // guarded by Registration, as is Retired
    private static readonly Charge?[] Retired = new Charge?[ServiceBook.MaxPaths];
    private static long _retiredReads;
    private static long _retiredBytes;
    private static int _sweepAt = 64;

    /// <summary>What has been used on each path so far: ended threads, living ones, and slices that run now.</summary>
    public static Charge[] Read(int paths, out long ownReads, out long ownBytes)
    {
        var totals = new Charge[paths];
        for (int id = 0; id < paths; id++)
            totals[id] = new Charge();
        lock (Registration)
        {
            RetireEnded();
            AddAll(Retired, totals);
            (ownReads, ownBytes) = (_retiredReads, _retiredBytes);
            foreach (ThreadLedger ledger in Ledgers)
            {
                ledger.AddRunningSlice(totals);
                ownReads += Volatile.Read(ref ledger._files)?.OwnReads ?? 0;
                ownBytes += Volatile.Read(ref ledger._files)?.OwnBytes ?? 0;
            }
        }
        return totals;
    }

    /// <summary>CPU time that was charged to slices that have ended of what was entered by a name, on all of its paths.</summary>
    public static long CpuOf(string entered)
    {
        int count = ServiceBook.Paths.Count;
        long cpu = 0;
        lock (Registration)
        {
            for (int id = 0; id < count; id++)
            {
                if (ServiceBook.Paths[id].Entered != entered)
                    continue;
                cpu += Retired[id]?.Cpu ?? 0;
                foreach (ThreadLedger ledger in Ledgers)
                {
                    Charge?[] charges = Volatile.Read(ref ledger._charges);
                    cpu += id < charges.Length && charges[id] is { } charge ? Volatile.Read(ref charge.Cpu) : 0;
                }
            }
        }
        return cpu;
    }

    private static void AddAll(Charge?[] charges, Charge[] totals)
    {
        for (int id = 0; id < Math.Min(charges.Length, totals.Length); id++)
        {
            if (charges[id] is { } charge)
                totals[id].Add(charge);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadLedger? TryMake()
    {
        try
        {
            _mine = (_owner ??= new Owner()).Ledger;
            // A flow that nothing is charged for is no reason to make one, so the thread may be in such a one already.
            _mine._flow = PerfKit.Instrumentation.Flow.Current is { Context: null, Span: null } flow ? flow : null;
            return _mine;
        }
        catch (Exception)
        {
            CountFault();
            return null;
        }
    }

    // Ended threads give their descriptors back without waiting for the collector. Under Registration.
    private static void RetireEnded()
    {
        for (int i = Ledgers.Count - 1; i >= 0; i--)
        {
            if (!Ledgers[i]._thread.IsAlive)
            {
                Ledgers[i].Retire();
                Ledgers.RemoveAt(i);
            }
        }
        _sweepAt = Math.Max(64, Ledgers.Count * 2);
    }

    // Under Registration.
    private void Retire()
    {
        if (_isRetired)
            return;
        _isRetired = true;
        for (int id = 0; id < _charges.Length; id++)
        {
            if (_charges[id] is { } charge)
                (Retired[id] ??= new Charge()).Add(charge);
        }
        _retiredReads += _files?.OwnReads ?? 0;
        _retiredBytes += _files?.OwnBytes ?? 0;
        _files?.Dispose();
        ForgetPast();
    }

    /// <summary>Held by the thread alone; it is finalized after the thread has ended.</summary>
    private sealed class Owner
    {
        public Owner()
        {
            lock (Registration)
            {
                // First, so that an ended thread's place is free for this one.
                if (Ledgers.Count >= _sweepAt || ThreadFiles.IsFull)
                    RetireEnded();
            }
            Ledger = new ThreadLedger();
            lock (Registration)
                Ledgers.Add(Ledger);
        }

        ~Owner()
        {
            lock (Registration)
            {
                Ledger?.Retire();
                Ledgers.Remove(Ledger!);
            }
        }

        public ThreadLedger Ledger { get; }
    }
}
