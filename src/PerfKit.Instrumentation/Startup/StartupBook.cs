using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>
/// Who is at work for which open start-up scope, and what each scope is charged with. One lock guards it for all scopes: it is
/// held for some tens of nanoseconds at each switch of a flow that starts something, and no other flow comes here. The clock
/// is read under it, so that what happens is booked in the order in which it happened, however a thread is kept waiting.
/// </summary>
internal static class StartupBook
{
    private const int MaxAssemblies = 256;

    private static readonly Lock Gate = new();

    /// <summary>A thread leaves one scope for another; either may be none.</summary>
    /// <returns>When, by <see cref="Stopwatch"/>: the end of its slice for <paramref name="from"/>.</returns>
    public static long Move(StartupEntry? from, StartupEntry? to)
    {
        lock (Gate)
        {
            long now = Stopwatch.GetTimestamp();
            MoveAt(from, to, now);
            return now;
        }
    }

    /// <summary>A scope begins.</summary>
    /// <param name="entry">The scope; its beginning is set.</param>
    /// <param name="isCharged">The thread that begins it works for it, and says what it did.</param>
    /// <param name="from">The scope that the thread has worked for so far.</param>
    public static void Begin(StartupEntry entry, bool isCharged, StartupEntry? from)
    {
        lock (Gate)
        {
            entry.Began = Stopwatch.GetTimestamp();
            BeginAt(entry, isCharged, from, entry.Began);
        }
    }

    /// <summary>A scope ends; whoever else still works for it is charged up to its end.</summary>
    /// <param name="entry">The scope; its end is set.</param>
    /// <param name="isAtWork">The thread that ends it works for it.</param>
    /// <returns>The scope that this thread works for from now on, if it worked for the one that ends.</returns>
    public static StartupEntry? End(StartupEntry entry, bool isAtWork)
    {
        lock (Gate)
        {
            entry.Ended = Stopwatch.GetTimestamp();
            entry.IsEnded = true;
            return EndAt(entry, isAtWork, entry.Ended);
        }
    }

    /// <summary>Charges a scope with what a thread did for it.</summary>
    /// <param name="entry">The scope; it may have ended meanwhile.</param>
    /// <param name="slice">What the thread did.</param>
    /// <param name="now">When it stopped.</param>
    public static void Charge(StartupEntry entry, in StartupSlice slice, long now)
    {
        lock (Gate)
            entry.Charge.Add(UpToEnd(entry, slice, now));
    }

    /// <summary>An assembly was loaded for a scope.</summary>
    public static void Load(StartupEntry entry, LoadEntry load)
    {
        lock (Gate)
        {
            entry.Charge.AssembliesLoaded++;
            List<LoadEntry> loads = entry.AssemblyLoads ??= [];
            if (loads.Count < MaxAssemblies)
                loads.Add(load);
        }
    }

    /// <summary>How long a load took has become known.</summary>
    public static void Time(LoadEntry load, long duration)
    {
        lock (Gate)
            load.Duration = duration;
    }

    /// <summary>
    /// Copies what scopes are charged with, and the assemblies loaded for them. All that are open are read in one go: read one after the
    /// other, the last would be charged with time that passed after the instant at which the snapshot cuts it off.
    /// </summary>
    /// <param name="entries">The scopes, of which none begins or ends meanwhile.</param>
    /// <param name="copies">Where they are copied to.</param>
    /// <param name="running">Slices that may not have been charged yet.</param>
    /// <returns>The instant.</returns>
    public static long Read(List<StartupEntry> entries, List<StartupEntry> copies, List<RunningSlice> running)
    {
        long now;
        lock (Gate)
        {
            now = Stopwatch.GetTimestamp();
            for (int i = 0; i < entries.Count; i++)
            {
                if (!entries[i].IsEnded)
                    ReadAt(entries[i], copies[i], running, now);
            }
        }
        for (int i = 0; i < entries.Count; i++)
        {
            if (!entries[i].IsEnded)
                continue;
            lock (Gate)
                ReadAt(entries[i], copies[i], running, now);
        }
        return now;
    }

    // The following need the lock, or entries that nobody else has.

    internal static void BeginAt(StartupEntry entry, bool isCharged, StartupEntry? from, long now)
    {
        if (isCharged && from is not null && from == entry.Around && from.Charge.IsOpen)
        {
            StartupCharge.HandDown(ref from.Charge, ref entry.Charge, now);
            return;
        }
        OpenAt(entry, now);
        if (isCharged)
            MoveAt(from, entry, now);
    }

    internal static StartupEntry? EndAt(StartupEntry entry, bool isAtWork, long now)
    {
        StartupEntry? to = isAtWork ? entry.Charged : null;
        if (to is not null && to == entry.Around && to.Charge.IsOpen && StartupCharge.TryHandUp(ref entry.Charge, ref to.Charge, now))
            return to;
        if (isAtWork)
            MoveAt(entry, to, now);
        CloseAt(entry, now);
        return to;
    }

    private static void OpenAt(StartupEntry entry, long now)
    {
        entry.Charge.Open(now);
        if (entry.Around is { Charge.IsOpen: true } around)
            around.Charge.CountNested(1, now);
    }

    private static void CloseAt(StartupEntry entry, long now)
    {
        if (!entry.Charge.IsOpen)
            return;
        entry.Charge.Close(now);
        if (entry.Around is not { Charge.IsOpen: true } around)
            return;
        around.Charge.CountNested(-1, now);
        if (entry.Charge.IsActive)
            CountActive(around, -1, now);
    }

    internal static void MoveAt(StartupEntry? from, StartupEntry? to, long now)
    {
        // Coming before going: so a scope around both does not rest in between.
        if (to is { Charge.IsOpen: true })
        {
            to.Charge.CountThreads(1, now);
            CountActive(to, 1, now);
        }
        if (from is { Charge.IsOpen: true })
        {
            from.Charge.CountThreads(-1, now);
            CountActive(from, -1, now);
        }
    }

    internal static void ReadAt(StartupEntry entry, StartupEntry copy, List<RunningSlice> running, long now)
    {
        copy.Charge = entry.Charge;
        copy.Charge.Advance(now);
        foreach (RunningSlice slice in running)
        {
            if (slice.Entry == entry && slice.IsUncharged)
                copy.Charge.Add(UpToEnd(entry, slice.Slice, slice.Until));
        }
        if (entry.AssemblyLoads is not { } loads)
            return;
        copy.AssemblyLoads = loads.ConvertAll(load => load.Copy());
        foreach (LoadEntry load in copy.AssemblyLoads)
        {
            if (load.IsTimed)
                copy.Charge.TakeLoading(load.Duration, load.IsInJit);
        }
    }

    // A scope is active while a thread, or a scope nested in it, is; most changes end at the first that stays as it was.
    private static void CountActive(StartupEntry? entry, int change, long now)
    {
        while (entry is { Charge.IsOpen: true } && entry.Charge.CountActive(change, now))
            entry = entry.Around;
    }

    private static StartupSlice UpToEnd(StartupEntry entry, in StartupSlice slice, long now)
    {
        long excess = entry.IsEnded ? now - entry.Ended : 0;
        return excess > 0 ? slice.Cut(excess) : slice;
    }
}
