using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PerfKit.Instrumentation;

/// <summary>CPU time of a thread, in <see cref="Stopwatch"/> ticks. Chosen once for the platform.</summary>
internal static partial class ThreadClock
{
    private const int LinuxThreadCpuTime = 3;      // CLOCK_THREAD_CPUTIME_ID, clock_gettime(2)
    private const int AppleThreadCpuTime = 16;     // CLOCK_THREAD_CPUTIME_ID, clock_gettime_nsec_np(3)

    private static readonly double TicksPerNanosecond = Stopwatch.Frequency / 1e9;

    /// <summary>This platform can tell a thread's CPU time. Checked by reading it once.</summary>
    public static bool IsAvailable { get; } = Probe();

    /// <summary>CPU time of the calling thread so far; -1 when it cannot be read.</summary>
    public static long ReadCurrent()
    {
        if (OperatingSystem.IsLinux())
            return ReadClock(LinuxThreadCpuTime);
        if (OperatingSystem.IsMacOS())
            return (long)(AppleClock(AppleThreadCpuTime) * TicksPerNanosecond);
        if (OperatingSystem.IsWindows() && GetThreadTimes(GetCurrentThread(), out _, out _, out long kernel, out long user))
            return (long)((kernel + user) * 100 * TicksPerNanosecond);
        return -1;
    }

    /// <summary>
    /// The clock of one thread of this process, for reading it from another thread; 0 where there is none. Linux encodes
    /// the thread's id in the clock's: the complement of the id, shifted by 3, with the bits for "of a thread" and
    /// "scheduler time" (clock_getcpuclockid(3), include/linux/posix-timers.h).
    /// </summary>
    public static int ClockOf(int threadId) => threadId > 0 && OperatingSystem.IsLinux() ? (~threadId << 3) | 6 : 0;

    /// <summary>CPU time of a thread so far, by its clock; -1 when it cannot be read, as after the thread's end.</summary>
    public static long Read(int clock) => clock == 0 ? -1 : ReadClock(clock);

    /// <summary>The operating system's id of the calling thread; 0 where unknown.</summary>
    public static int CurrentThreadId()
    {
        try
        {
            return OperatingSystem.IsLinux() ? GetThreadId() : 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0; // gettid(2) has a wrapper since glibc 2.30
        }
    }

    private static long ReadClock(int clock) =>
        ClockGetTime(clock, out TimeSpec time) == 0
            ? (long)(((time.Seconds * 1_000_000_000L) + time.Nanoseconds) * TicksPerNanosecond)
            : -1;

    private static bool Probe()
    {
        try
        {
            return ReadCurrent() >= 0;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "clock_gettime_nsec_np")]
    private static partial ulong AppleClock(int clock);

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();

    [LibraryImport("kernel32")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetThreadTimes(nint thread, out long created, out long exited, out long kernel, out long user);
}
