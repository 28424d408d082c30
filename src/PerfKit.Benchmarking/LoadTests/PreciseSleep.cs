using System.Runtime.InteropServices;

namespace PerfKit.Benchmarking;

/// <summary>Puts the calling thread to sleep for less than a millisecond too, which the runtime's own waits cannot. For one thread.</summary>
internal sealed partial class PreciseSleep
{
    /// <summary>Below this, a system call takes longer than the wait.</summary>
    private const long Spun = 2_000;

    private const int TimerSlackOption = 29;        // PR_SET_TIMERSLACK, prctl(2)

    private readonly object _never = new();
    private bool _hasNative = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();
    private bool _isPrepared;

    /// <summary>Sleeps about so many nanoseconds, seldom less. On Linux a waking takes some 10 µs, more on a busy machine.</summary>
    public void For(long nanoseconds)
    {
        if (nanoseconds <= Spun)
            Thread.SpinWait(10);
        else if (!TryNative(nanoseconds))
            Portable(nanoseconds);
    }

    private bool TryNative(long nanoseconds)
    {
        if (!_hasNative)
            return false;
        try
        {
            // Linux lets a thread's timers run 50 µs late to save power, unless the thread objects.
            if (!_isPrepared && OperatingSystem.IsLinux())
                _ = ProcessControl(TimerSlackOption, 1, 0, 0, 0);
            _isPrepared = true;
            var time = new TimeSpec { Seconds = (nint)(nanoseconds / 1_000_000_000), Nanoseconds = (nint)(nanoseconds % 1_000_000_000) };
            _ = NanoSleep(time, 0);     // woken early by a signal: the caller looks at the clock anyway
            return true;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            return _hasNative = false;
        }
    }

    /// <summary>Whole milliseconds asleep, the rest giving way to others: on Windows a short sleep may last 16 ms.</summary>
    private void Portable(long nanoseconds)
    {
        int milliseconds = (int)(nanoseconds / 1_000_000) - (OperatingSystem.IsWindows() ? 16 : 1);
        if (milliseconds <= 0)
        {
            Thread.Yield();
            return;
        }

        lock (_never)
            Monitor.Wait(_never, milliseconds);
    }

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec time, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint slack, nuint unused3, nuint unused4, nuint unused5);
}
