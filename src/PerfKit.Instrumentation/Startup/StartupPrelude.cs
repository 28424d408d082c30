using System.Diagnostics;
using System.Runtime;

namespace PerfKit.Instrumentation;

/// <summary>
/// What had been used when the first scope began: the runtime's start and what the application did before its first scope.
/// On Linux the process's first thread is known by its id, and its own counters reach back to the process's start. Another
/// thread can only tell what the whole process has used.
/// </summary>
internal sealed record StartupPrelude(
    bool IsOneThread, long Cpu, long? Queued, long AllocatedBytes, RuntimeReading Runtime, int AssembliesLoaded)
{
    /// <summary>Reads now; <c>null</c> when it cannot.</summary>
    public static StartupPrelude? Read()
    {
        try
        {
            int thread = ThreadClock.CurrentThreadId();
            return thread > 0 && thread == Environment.ProcessId && ThreadClock.IsAvailable
                ? OfThread(thread) : OfProcess();
        }
        catch (Exception) // whatever the platform lacks, the figures are unknown
        {
            return null;
        }
    }

    /// <summary>Tells the parts of the time apart, once it is known how long it was.</summary>
    public StartupComposition Compose(TimeSpan wall)
    {
        long length = RuntimeReading.FromTimeSpan(wall);
        // The start of the process is known to a hundredth of a second, so its first thread may have run "longer" than that.
        long cpu = IsOneThread ? Math.Min(Cpu, length) : Cpu;
        long queued = Math.Min(Queued ?? 0, length - Math.Min(cpu, length));
        StartupSlice slice = StartupSlice.Of(Math.Max(length, cpu), cpu, queued, AllocatedBytes, Runtime, ranCollections: true);
        return new StartupComposition
        {
            Wall = wall,
            Cpu = Span(slice.Cpu),
            Jit = Span(slice.Jit),
            GcPause = Span(slice.GcPause),
            QueuedForCpu = Queued is null ? null : Span(slice.Queued),
            Blocked = IsOneThread ? Span(slice.Blocked) : null,
            Unknown = IsOneThread ? TimeSpan.Zero : Span(slice.Blocked),
            Overlapping = Span(Math.Max(0, cpu - length)),
            AllocatedBytes = AllocatedBytes,
            JitMethods = (int)Runtime.JitMethods,
            AssembliesLoaded = AssembliesLoaded,
            GcCollections = Runtime.Collections,
        };
    }

    private static StartupPrelude OfThread(int thread)
    {
        long? queued = null;
        using (ThreadFiles? files = ThreadFiles.Open(thread))
        {
            if (files is not null && files.TryReadQueued(out long nanoseconds, isOwner: false))
                queued = (long)(nanoseconds * (Stopwatch.Frequency / 1e9));
        }
        return new StartupPrelude(
            IsOneThread: true, ThreadClock.ReadCurrent(), queued, GC.GetAllocatedBytesForCurrentThread(), RuntimeReading.Now(), AssemblyLoads.Count);
    }

    private static StartupPrelude OfProcess() => new(
        IsOneThread: false,
        RuntimeReading.FromTimeSpan(Environment.CpuUsage.TotalTime),
        Queued: null,
        GC.GetTotalAllocatedBytes(precise: false),
        RuntimeReading.Now() with
        {
            JitTime = RuntimeReading.FromTimeSpan(JitInfo.GetCompilationTime()),
            JitMethods = JitInfo.GetCompiledMethodCount(),
        },
        AssemblyLoads.Count);

    private static TimeSpan Span(long ticks) => Stopwatch.GetElapsedTime(0, ticks);
}
