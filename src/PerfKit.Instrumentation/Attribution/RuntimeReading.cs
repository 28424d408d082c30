using System.Diagnostics;
using System.Runtime;

namespace PerfKit.Instrumentation;

/// <summary>What the runtime counts: compilation on the calling thread, collections, and who allocated up to the last of them.</summary>
/// <param name="JitTime">Time the thread has spent compiling, in <see cref="Stopwatch"/> ticks.</param>
/// <param name="JitMethods">Methods the thread has compiled.</param>
/// <param name="Collections">Garbage collections of any generation.</param>
/// <param name="Pause">Time all threads were stopped for them, in <see cref="Stopwatch"/> ticks.</param>
/// <param name="ProcessAllocated">Bytes allocated by all threads, in steps of their allocation chunks (8 kB).</param>
/// <param name="ThreadAllocated">Bytes allocated by the calling thread.</param>
internal readonly record struct RuntimeReading(
    long JitTime, long JitMethods, int Collections, long Pause, long ProcessAllocated, long ThreadAllocated)
{
    private static readonly double TicksPerTick = (double)Stopwatch.Frequency / TimeSpan.TicksPerSecond;

    /// <summary>
    /// Reads for the calling thread. What only matters when there were collections is as it was when one was seen last: each
    /// of these is a call into the runtime, and start-up makes many short slices.
    /// </summary>
    /// <param name="earlier">The thread's reading before; the default for the first.</param>
    public static RuntimeReading Now(in RuntimeReading earlier = default)
    {
        long jitTime = FromTimeSpan(JitInfo.GetCompilationTime(currentThread: true));
        long jitMethods = jitTime == earlier.JitTime ? earlier.JitMethods : JitInfo.GetCompiledMethodCount(currentThread: true);
        int collections = GC.CollectionCount(0);
        return collections == earlier.Collections
            ? earlier with { JitTime = jitTime, JitMethods = jitMethods }
            : new RuntimeReading(
                jitTime, jitMethods, collections, FromTimeSpan(GC.GetTotalPauseDuration()),
                GC.GetTotalAllocatedBytes(precise: false), GC.GetAllocatedBytesForCurrentThread());
    }

    public static RuntimeReading operator -(in RuntimeReading now, in RuntimeReading earlier) => new(
        now.JitTime - earlier.JitTime,
        now.JitMethods - earlier.JitMethods,
        now.Collections - earlier.Collections,
        now.Pause - earlier.Pause,
        now.ProcessAllocated - earlier.ProcessAllocated,
        now.ThreadAllocated - earlier.ThreadAllocated);

    public static long FromTimeSpan(TimeSpan time) => (long)(time.Ticks * TicksPerTick);
}
