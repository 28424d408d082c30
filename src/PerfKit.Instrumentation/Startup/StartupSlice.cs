using System.Diagnostics;
using System.Runtime;

namespace PerfKit.Instrumentation;

/// <summary>
/// What one thread did for one scope between two of its switches, told apart. All times in
/// <see cref="System.Diagnostics.Stopwatch"/> ticks; the parts add up to the slice's length.
/// </summary>
internal readonly record struct StartupSlice(
    long Cpu, long Jit, long GcPause, long Queued, long Blocked, long AllocatedBytes, long JitMethods, int Collections)
{
    // The order of the time for which a scheduler lets the next thread run: Linux's is 3 ms on two processors.
    private static readonly long TypicalWait = Stopwatch.Frequency * 4 / 1_000;
    private static readonly bool IsServerGC = GCSettings.IsServerGC;

    public long Length => Cpu + Jit + GcPause + Queued + Blocked;

    /// <summary>Tells a slice's parts apart.</summary>
    /// <param name="wall">Its length.</param>
    /// <param name="cpu">The part in which the thread ran.</param>
    /// <param name="queued">The part in which it waited for a CPU; 0 where unknown.</param>
    /// <param name="allocated">Bytes the thread allocated.</param>
    /// <param name="runtime">What the runtime counted meanwhile.</param>
    public static StartupSlice Of(long wall, long cpu, long queued, long allocated, in RuntimeReading runtime) =>
        Of(wall, cpu, queued, allocated, runtime, !IsServerGC && runtime.ThreadAllocated * 2 >= runtime.ProcessAllocated);

    /// <summary>As the other, where it is known whether the thread caused the collections, and so ran them itself.</summary>
    public static StartupSlice Of(long wall, long cpu, long queued, long allocated, in RuntimeReading runtime, bool ranCollections)
    {
        long blocked = wall - cpu - queued;
        long ran = cpu;
        if (runtime.Collections == 0 && queued == 0 && runtime.JitTime <= cpu)
        {
            long compiled = Math.Max(0, runtime.JitTime);
            return new StartupSlice(cpu - compiled, compiled, 0, 0, blocked, allocated, runtime.JitMethods, 0);
        }
        long pause = runtime.Collections > 0 ? Math.Clamp(runtime.Pause, 0, wall) : 0;
        long gc = pause == 0 ? 0
            : ranCollections ? TakeRunning(pause, ran, queued, ref cpu, ref blocked)
            : TakeStopped(pause, wall, ran + queued, ref blocked);
        long jit = TakeRunning(Math.Max(0, runtime.JitTime), ran, queued, ref cpu, ref blocked);
        return new StartupSlice(cpu, jit, gc, queued, blocked, allocated, runtime.JitMethods, runtime.Collections);
    }

    /// <summary>
    /// How much of some work, timed by the clock, the thread ran. It may have waited for a CPU as often as the thread's other
    /// work; but a thread waits for milliseconds or not at all, so short work more likely was not kept waiting.
    /// </summary>
    public static long Running(long work, long ran, long queued)
    {
        if (queued <= 0 || work <= 0)
            return Math.Max(0, work);
        long wait = Math.Min(queued, TypicalWait);
        double waited = work * ((double)queued / (ran + queued));
        return work - Math.Min(work, (long)Math.Round(waited / wait) * wait);
    }

    /// <summary>The first part of a slice that went on beyond the scope's end, as if it had been even.</summary>
    public StartupSlice Cut(long excess)
    {
        double kept = Math.Clamp(1 - (excess / Math.Max(1.0, Length)), 0, 1);
        return new StartupSlice(
            (long)(Cpu * kept), (long)(Jit * kept), (long)(GcPause * kept), (long)(Queued * kept), (long)(Blocked * kept),
            (long)(AllocatedBytes * kept), (long)(JitMethods * kept), Collections);
    }

    // The compiler, and a workstation's collector on the thread that caused the collection, run on a CPU. What they took longer
    // than the thread ran at all, they were held up.
    private static long TakeRunning(long work, long ran, long queued, ref long cpu, ref long blocked)
    {
        long wanted = Running(work, ran, queued);
        return StartupCharge.Take(ref wanted, ref cpu) + StartupCharge.Take(ref wanted, ref blocked);
    }

    // Any other thread, and with the server's collector every thread, is stopped if it runs managed code when the pause begins,
    // and not held up if it waits for something else: how often it could run when it was not stopped says how likely that was.
    private static long TakeStopped(long pause, long wall, long couldRun, ref long blocked)
    {
        long stopped = wall > pause ? (long)(pause * Math.Min(1.0, (double)couldRun / (wall - pause))) : 0;
        return StartupCharge.Take(ref stopped, ref blocked);
    }
}
