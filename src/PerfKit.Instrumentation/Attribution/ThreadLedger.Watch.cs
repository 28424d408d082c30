namespace PerfKit.Instrumentation;

/// <summary>A service's part of some time on a thread, in <see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
internal readonly record struct ServiceShare(int ServiceId, long Ticks);

// What is asked while somebody watches who makes whom wait. Nothing here is on the way of a flow that switches: only the slices of 200 µs
// and more that are kept anyway are kept longer.
internal sealed partial class ThreadLedger
{
    private const int WatchedSlices = 512; // 12 KB a thread: what is told is forgotten after 100 ms at the earliest
    private const int MostWatchedThreads = 256;

    private static int _watchers;
    private static int _watchedThreads;

    private static bool IsWatched => Volatile.Read(ref _watchers) > 0;

    /// <summary>Keeps more of what threads ran, until <see cref="EndWatch"/>.</summary>
    public static void BeginWatch() => Interlocked.Increment(ref _watchers);

    /// <summary>Ends what <see cref="BeginWatch"/> began; each thread gives its memory back with its next slice.</summary>
    public static void EndWatch() => Interlocked.Decrement(ref _watchers);

    /// <summary>The service that a thread ran at an instant; below 0 for none, or when that is no longer known.</summary>
    public static int ServiceOf(long threadId, long at) => ServiceBook.ServiceOf(Of(threadId)?.PathAt(at) ?? -1);

    /// <summary>Adds what services a thread ran in a stretch of time. What none ran, or is not known any more, is not among it.</summary>
    public static void AddServices(long threadId, long from, long until, List<ServiceShare> shares)
    {
        if (Of(threadId) is not { } ledger)
            return;
        int before = shares.Count;
        for (int attempt = 0; attempt < 4; attempt++)
        {
            int version = ledger.SettledVersion();
            if ((version & 1) != 0)
                return;
            ledger.AddSlices(from, until, shares);
            Volatile.ReadBarrier();
            if (Volatile.Read(ref ledger._version) == version)
                return;
            shares.RemoveRange(before, shares.Count - before);
        }
    }

    /// <summary>Counts the thread-pool threads that each service holds now, running or blocked.</summary>
    /// <param name="held">By <see cref="ServiceBook.IdOf"/>; set anew. Services beyond its end are left out.</param>
    public static void CountPoolThreads(Span<int> held)
    {
        held.Clear();
        lock (Registration)
        {
            foreach (ThreadLedger ledger in Ledgers)
            {
                int service = ServiceBook.ServiceOf(ledger.PathId);
                if (ledger._isPoolThread && service >= 0 && service < held.Length && ledger._thread.IsAlive)
                    held[service]++;
            }
        }
    }

    /// <summary>What each service has allocated on all threads so far; slices that still run are not in it, only their thread can tell.</summary>
    /// <param name="bytes">By <see cref="ServiceBook.IdOf"/>; set anew. Services beyond its end are left out.</param>
    public static void ReadAllocated(Span<long> bytes)
    {
        bytes.Clear();
        lock (Registration)
        {
            Add(Retired, bytes);
            foreach (ThreadLedger ledger in Ledgers)
                Add(Volatile.Read(ref ledger._charges), bytes);
        }

        static void Add(Charge?[] charges, Span<long> bytes)
        {
            for (int id = 0; id < charges.Length; id++)
            {
                if (charges[id] is { } charge && ServiceBook.ServiceOf(id) is var service && service < bytes.Length)
                    bytes[service] += Volatile.Read(ref charge.AllocatedBytes);
            }
        }
    }

    private void AddSlices(long from, long until, List<ServiceShare> shares)
    {
        if (PathId is >= 0 and var running && _since < until)
            shares.Add(new ServiceShare(ServiceBook.ServiceOf(running), until - Math.Max(from, _since)));
        foreach (PastSlice slice in _past)
        {
            if (slice.Since < until && slice.Until > from)
                shares.Add(new ServiceShare(ServiceBook.ServiceOf(slice.PathId), Math.Min(until, slice.Until) - Math.Max(from, slice.Since)));
        }
    }

    // By the thread itself, while its version is odd: as many slices as are wanted now.
    private void FitPast()
    {
        bool isLarge = _past.Length > KeptSlices;
        if (isLarge == IsWatched)
            return;
        if (isLarge)
        {
            ForgetPast();
        }
        else if (Interlocked.Increment(ref _watchedThreads) <= MostWatchedThreads)
        {
            var larger = new PastSlice[WatchedSlices];
            _past.CopyTo(larger, 0);
            (_past, _pastCount) = (larger, KeptSlices);
        }
        else
        {
            Interlocked.Decrement(ref _watchedThreads);
        }
    }

    private void ForgetPast()
    {
        if (_past.Length == KeptSlices)
            return;
        _past = new PastSlice[KeptSlices];
        Interlocked.Decrement(ref _watchedThreads);
    }
}
