namespace PerfKit.Instrumentation;

/// <summary>Turns what scopes were charged with into compositions.</summary>
/// <param name="span">Turns raw ticks into time.</param>
/// <param name="isMetered">There is more than the wall time.</param>
internal sealed class StartupComposer(Func<long, TimeSpan> span, bool isMetered)
{
    /// <summary>A scope, or scopes, without those nested in them.</summary>
    /// <param name="wall">Time in which they were open and nothing nested in them was.</param>
    /// <param name="charge">What they were charged with.</param>
    /// <param name="isLoadTimed">How long loads took was measured all the while.</param>
    /// <param name="beside">Time in which more than one of them was open, which <paramref name="charge"/> has twice.</param>
    public StartupComposition Self(long wall, in StartupCharge charge, bool isLoadTimed, long beside = 0)
    {
        long overlapping = charge.Overlapping + Math.Max(0, beside);
        return Compose(wall, charge, isLoadTimed, charge.Awaiting, overlapping);
    }

    /// <summary>A scope and all that is nested in it.</summary>
    /// <param name="wall">Time in which the scope was open.</param>
    /// <param name="idle">Time in which no thread worked for any of them.</param>
    /// <param name="sum">What they were charged with, added up.</param>
    /// <param name="isLoadTimed">How long loads took was measured all the while.</param>
    public StartupComposition Inclusive(long wall, long idle, in StartupCharge sum, bool isLoadTimed) =>
        Compose(wall, sum, isLoadTimed, idle, Math.Max(0, OnThreads(sum) + idle - wall));

    private StartupComposition Compose(long wall, in StartupCharge charge, bool isLoadTimed, long awaiting, long overlapping)
    {
        if (!isMetered)
            return new StartupComposition { Wall = span(wall), Unknown = span(wall) };
        bool hasCpu = ThreadClock.IsAvailable;
        long told = hasCpu ? OnThreads(charge) : charge.Jit + charge.GcPause + charge.Loading;
        return new StartupComposition
        {
            Wall = span(wall),
            Cpu = hasCpu ? span(charge.Cpu) : null,
            Jit = span(charge.Jit),
            AssemblyLoading = isLoadTimed || charge.Loading > 0 ? span(charge.Loading) : null,
            GcPause = span(charge.GcPause),
            QueuedForCpu = hasCpu && ThreadLedger.HasQueued ? span(charge.Queued) : null,
            Blocked = hasCpu ? span(charge.Blocked) : null,
            Awaiting = span(awaiting),
            Unknown = span(Math.Max(0, wall - (told + awaiting - overlapping))),
            Overlapping = span(overlapping),
            AllocatedBytes = charge.AllocatedBytes,
            JitMethods = charge.JitMethods,
            AssembliesLoaded = charge.AssembliesLoaded,
            GcCollections = charge.Collections,
        };
    }

    /// <summary>What the parts of a charge cover of the clock's time.</summary>
    public static long Told(in StartupCharge charge) => OnThreads(charge) + charge.Awaiting - charge.Overlapping;

    private static long OnThreads(in StartupCharge charge) =>
        charge.Cpu + charge.Jit + charge.GcPause + charge.Queued + charge.Blocked + charge.Loading;
}
