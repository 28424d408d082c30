using System.Runtime;

namespace PerfKit.Sampling;

/// <summary>Reads what the runtime knows on every platform: CPU time, garbage collector, thread pool, locks, compiler, timers.</summary>
internal sealed class RuntimeReader(UnavailableFigures unavailable) : IResourceReader
{
    public void Read(ref ResourceReading reading)
    {
        if (reading.CpuTime is null) ReadCpu(ref reading); // the system's own reader has often told it already
        reading.ProcessorCount = Environment.ProcessorCount;
        reading.ManagedHeapBytes = GC.GetTotalMemory(forceFullCollection: false);
        reading.AllocatedBytes = GC.GetTotalAllocatedBytes(precise: false); // precise would stop every thread
        reading.Gen0Collections = GC.CollectionCount(0);
        reading.Gen1Collections = GC.CollectionCount(1);
        reading.Gen2Collections = GC.CollectionCount(2);
        reading.GcPause = GC.GetTotalPauseDuration();
        reading.ThreadPoolThreadCount = ThreadPool.ThreadCount;
        reading.ThreadPoolQueueLength = ThreadPool.PendingWorkItemCount;
        reading.LockContentionCount = Monitor.LockContentionCount;
        reading.JitMethods = JitInfo.GetCompiledMethodCount();
        reading.JitTime = JitInfo.GetCompilationTime();
        reading.ActiveTimers = Timer.ActiveCount;
    }

    public void Dispose()
    {
    }

    /// <summary>getrusage(2) on Unix, GetProcessTimes on Windows: microseconds, where /proc/self/stat
    /// counts in hundredths of a second.</summary>
    private void ReadCpu(ref ResourceReading reading)
    {
        if (OperatingSystem.IsBrowser() || OperatingSystem.IsWasi() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS())
        {
            unavailable.Note("CpuTime, CpuCores, CpuPercent, KernelCpuCores", "This platform does not tell a process its CPU time.");
            return;
        }

        Environment.ProcessCpuUsage usage = Environment.CpuUsage;
        reading.CpuTime = usage.TotalTime;
        reading.KernelCpuTime = usage.PrivilegedTime;
    }
}
