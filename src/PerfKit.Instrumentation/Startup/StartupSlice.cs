using System.Runtime;

namespace PerfKit.Instrumentation;

/// <summary>
/// What one thread did for one scope between two of its switches, told apart. All times in
/// <see cref="System.Diagnostics.Stopwatch"/> ticks; the parts add up to the slice's length.
/// </summary>
internal readonly record struct StartupSlice(
    long Cpu, long Jit, long GcPause, long Queued, long Blocked, long AllocatedBytes, long JitMethods, int Collections)
{
    private static readonly bool IsServerGC = GCSettings.IsServerGC;

    public long Length => Cpu + Jit + GcPause + Queued + Blocked;

    /// <summary>Tells a slice's parts apart.</summary>
    /// <param name="wall">Its length.</param>
    /// <param name="cpu">The part in which the thread ran.</param>
    /// <param name="queued">The part in which it waited for a CPU; 0 where unknown.</param>
    /// <param name="allocated">Bytes the thread allocated.</param>
    /// <param name="runtime">What the runtime counted meanwhile.</param>
    public static StartupSlice Of(long wall, long cpu, long queued, long allocated, in RuntimeReading runtime) =>
        Of(wall, cpu, queued, allocated, runtime, !IsServerGC && allocated * 2 >= runtime.ProcessAllocated);

    /// <summary>As the other, where it is known whether the thread caused the collections, and so ran them itself.</summary>
    public static StartupSlice Of(long wall, long cpu, long queued, long allocated, in RuntimeReading runtime, bool ranCollections)
    {
        long blocked = wall - cpu - queued;
        long pause = 0;
        if (runtime.Collections > 0 && runtime.Pause > 0)
            pause = TakePause(Math.Min(runtime.Pause, wall), wall, ranCollections, ref cpu, ref blocked);

        // The compiler runs, and where it took longer than the thread ran, it was kept waiting.
        long jit = Math.Max(0, runtime.JitTime);
        jit = Take(ref jit, ref cpu) + Take(ref jit, ref queued) + Take(ref jit, ref blocked);
        return new StartupSlice(cpu, jit, pause, queued, blocked, allocated, runtime.JitMethods, runtime.Collections);
    }

    /// <summary>The first part of a slice that went on beyond the scope's end, as if it had been even.</summary>
    public StartupSlice Cut(long excess)
    {
        double kept = Math.Clamp(1 - (excess / Math.Max(1.0, Length)), 0, 1);
        return new StartupSlice(
            (long)(Cpu * kept), (long)(Jit * kept), (long)(GcPause * kept), (long)(Queued * kept), (long)(Blocked * kept),
            (long)(AllocatedBytes * kept), (long)(JitMethods * kept), Collections);
    }

    // A workstation collector runs on the thread that caused it, so the pause is CPU time of that thread. Any other thread,
    // and with the server's collector every thread, is stopped if it runs managed code when the pause begins, and not held up
    // if it waits for something else. How often it ran when it was not stopped says how likely that was.
    private static long TakePause(long pause, long wall, bool ranCollections, ref long cpu, ref long blocked)
    {
        if (ranCollections)
            return Take(ref pause, ref cpu) + Take(ref pause, ref blocked);
        long stopped = wall > pause ? (long)(pause * Math.Min(1.0, (double)cpu / (wall - pause))) : 0;
        return Take(ref stopped, ref blocked);
    }

    private static long Take(ref long wanted, ref long from)
    {
        long taken = Math.Min(wanted, from);
        wanted -= taken;
        from -= taken;
        return taken;
    }
}
