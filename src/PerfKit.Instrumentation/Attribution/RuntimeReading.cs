using System.Diagnostics;
using System.Runtime;

namespace PerfKit.Instrumentation;

/// <summary>What the runtime counts: compilation on the calling thread, collections and allocation of the process. Some 25 ns.</summary>
/// <param name="JitTime">Time the thread has spent compiling, in <see cref="Stopwatch"/> ticks.</param>
/// <param name="JitMethods">Methods the thread has compiled.</param>
/// <param name="Collections">Garbage collections of any generation.</param>
/// <param name="Pause">Time all threads were stopped for them, in <see cref="Stopwatch"/> ticks.</param>
/// <param name="ProcessAllocated">Bytes allocated by all threads, in steps of their allocation chunks (8 kB).</param>
internal readonly record struct RuntimeReading(long JitTime, long JitMethods, int Collections, long Pause, long ProcessAllocated)
{
    private static readonly double TicksPerTick = (double)Stopwatch.Frequency / TimeSpan.TicksPerSecond;

    /// <summary>Reads for the calling thread.</summary>
    public static RuntimeReading Now() => new(
        FromTimeSpan(JitInfo.GetCompilationTime(currentThread: true)),
        JitInfo.GetCompiledMethodCount(currentThread: true),
        GC.CollectionCount(0),
        FromTimeSpan(GC.GetTotalPauseDuration()),
        GC.GetTotalAllocatedBytes(precise: false));

    public static RuntimeReading operator -(in RuntimeReading now, in RuntimeReading earlier) => new(
        now.JitTime - earlier.JitTime,
        now.JitMethods - earlier.JitMethods,
        now.Collections - earlier.Collections,
        now.Pause - earlier.Pause,
        now.ProcessAllocated - earlier.ProcessAllocated);

    public static long FromTimeSpan(TimeSpan time) => (long)(time.Ticks * TicksPerTick);
}
