using System.Runtime.InteropServices;

namespace PerfKit.StartupAccuracy;

/// <summary>The calling thread's CPU time, read apart from the code that is judged. Linux only.</summary>
internal static unsafe partial class CpuClock
{
    private const int ThreadCpuTime = 3; // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)

    public static bool IsAvailable => OperatingSystem.IsLinux();

    public static TimeSpan Now
    {
        get
        {
            nint* time = stackalloc nint[2];
            return Read(ThreadCpuTime, time) == 0
                ? TimeSpan.FromTicks((time[0] * TimeSpan.TicksPerSecond) + (time[1] / 100))
                : throw new InvalidOperationException("The thread's CPU clock cannot be read.");
        }
    }

    /// <summary>Keeps the thread running for so long of its own clock.</summary>
    /// <returns>How long it was.</returns>
    public static TimeSpan Burn(TimeSpan time)
    {
        TimeSpan began = Now, now;
        do
            now = Now;
        while (now - began < time);
        return now - began;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Read(int clock, nint* time);
}
