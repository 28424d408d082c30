using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>
/// The process's working set now and at its highest, in bytes, and the CPU time of all its threads; <c>null</c> where the
/// platform cannot tell.
/// </summary>
internal readonly record struct MemoryReading(long? Current, long? Peak, TimeSpan? Cpu = null)
{
    // Taken once when start-up begins and once when it ends, so its price (some 0.1 ms) does not matter.
    public static MemoryReading Now()
    {
        try
        {
            using Process process = Process.GetCurrentProcess();
            return new MemoryReading(Known(process.WorkingSet64), Known(process.PeakWorkingSet64), process.TotalProcessorTime);
        }
        catch (Exception) // whatever the platform lacks, the figure is unknown
        {
            return default;
        }
    }

    private static long? Known(long bytes) => bytes > 0 ? bytes : null;
}
