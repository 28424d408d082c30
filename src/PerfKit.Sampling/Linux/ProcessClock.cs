using System.Runtime.InteropServices;

namespace PerfKit.Sampling;

/// <summary>The CPU time of any process, to a nanosecond, by a call that costs a tenth of reading its stat.</summary>
internal static partial class ProcessClock
{
    private const int Scheduler = 2; // CPUCLOCK_SCHED: what the scheduler counts, user and kernel, ended threads included

    /// <summary><see langword="null"/> when there is no such process, or no such clock.</summary>
    internal static TimeSpan? Read(int id)
    {
        const long NanosecondsPerTick = 100;
        try
        {
            Span<nint> time = stackalloc nint[2]; // struct timespec: seconds and nanoseconds, both as long as a pointer
            if (GetTime((~id << 3) | Scheduler, time) != 0) return null; // the number that clock_getcpuclockid(3) makes
            return new TimeSpan((time[0] * TimeSpan.TicksPerSecond) + (time[1] / NanosecondsPerTick));
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, Span<nint> time);
}
