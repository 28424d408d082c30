namespace PerfKit.Instrumentation;

/// <summary>
/// Who is at work for which open start-up scope. One lock guards what all scopes are charged with: it is held for some tens
/// of nanoseconds at each switch of a flow that starts something, and no other flow comes here.
/// </summary>
internal static class StartupBook
{
    private const int MaxAssemblies = 64;

    private static readonly Lock Gate = new();

    /// <summary>A scope has ended on a thread that did not work for it; whoever does is charged up to its end.</summary>
    public static void Close(StartupEntry entry)
    {
        lock (Gate)
            CloseHeld(entry);
    }

    /// <summary>A thread leaves one scope for another; either may be none.</summary>
    /// <param name="from">Which is charged with the slice, and closed if it has ended.</param>
    /// <param name="to">Where it is at work from now on; it is opened if it is new.</param>
    /// <param name="slice">What the thread did since it came to <paramref name="from"/>.</param>
    /// <param name="now">The instant.</param>
    public static void Move(StartupEntry? from, StartupEntry? to, in StartupSlice slice, long now)
    {
        lock (Gate)
        {
            if (to is { Charge.IsNew: true })
                OpenHeld(to);
            // Coming before going: so a scope around both does not rest in between.
            if (to is { Charge.IsOpen: true })
            {
                to.Charge.CountThreads(1, now);
                CountActive(to, 1, now);
            }
            if (from is null)
                return;
            from.Charge.Add(UpToEnd(from, slice, now));
            if (from.Charge.IsOpen)
            {
                from.Charge.CountThreads(-1, now);
                CountActive(from, -1, now);
                if (from.IsEnded)
                    CloseHeld(from);
            }
        }
    }

    /// <summary>An assembly was loaded for a scope.</summary>
    public static void Load(StartupEntry entry, string name)
    {
        lock (Gate)
        {
            entry.Charge.AssembliesLoaded++;
            List<AssemblyLoad> loads = entry.AssemblyLoads ??= [];
            if (loads.Count < MaxAssemblies)
                loads.Add(new AssemblyLoad { Name = name });
        }
    }

    /// <summary>What a scope is charged with up to an instant, and the assemblies loaded for it.</summary>
    /// <param name="entry">The scope.</param>
    /// <param name="running">Slices that may not have been charged yet.</param>
    /// <param name="now">The instant.</param>
    public static (StartupCharge Charge, List<AssemblyLoad>? Loads) Read(StartupEntry entry, List<RunningSlice> running, long now)
    {
        lock (Gate)
        {
            StartupCharge charge = entry.Charge;
            charge.Advance(now);
            foreach (RunningSlice slice in running)
            {
                if (slice.Entry == entry && slice.IsUncharged)
                    charge.Add(UpToEnd(entry, slice.Slice, slice.Until));
            }
            return (charge, entry.AssemblyLoads is { } loads ? [.. loads] : null);
        }
    }

    private static void OpenHeld(StartupEntry entry)
    {
        entry.Charge.Open(entry.Began);
        if (entry.Around is { Charge.IsOpen: true } around)
            around.Charge.CountNested(1, entry.Began);
    }

    private static void CloseHeld(StartupEntry entry)
    {
        if (!entry.Charge.IsOpen)
            return;
        entry.Charge.Close(entry.Ended);
        if (entry.Around is not { Charge.IsOpen: true } around)
            return;
        around.Charge.CountNested(-1, entry.Ended);
        if (entry.Charge.IsActive)
            CountActive(around, -1, entry.Ended);
    }

    private static StartupSlice UpToEnd(StartupEntry entry, in StartupSlice slice, long now)
    {
        long excess = entry.IsEnded ? now - entry.Ended : 0;
        return excess > 0 ? slice.Cut(excess) : slice;
    }

    // A scope is active while a thread, or a scope nested in it, is; most changes end at the first that stays as it was.
    private static void CountActive(StartupEntry? entry, int change, long now)
    {
        while (entry is { Charge.IsOpen: true } && entry.Charge.CountActive(change, now))
            entry = entry.Around;
    }
}
