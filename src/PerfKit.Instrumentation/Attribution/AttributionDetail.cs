using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>How closely slices of services are looked at: the longer one must be to have the clocks read, the less it costs.</summary>
internal static class AttributionDetail
{
    public const int Highest = 0;
    public const int Lowest = 3;

    private static readonly Dictionary<object, int> Wanted = []; // guarded by itself

    /// <summary>From this length on, the thread's CPU clock is read: a system call.</summary>
    public static long ClockedSlice { get; private set; } = Microseconds(20);

    /// <summary>From this length on, the kernel's files are read too: dearer still, for slices in which waiting or I/O can matter.</summary>
    public static long FiledSlice { get; private set; } = Microseconds(200);

    /// <summary>So long after the last time they are read also where a service follows on what is nobody's, so that it begins afresh.</summary>
    public static long FiledGap { get; private set; } = Microseconds(1_000);

    /// <summary>That of the run queue only for slices that waited so long.</summary>
    public static long QueuedWait => FiledSlice / 4;

    public static TimeSpan ClockedTime => Stopwatch.GetElapsedTime(0, ClockedSlice);

    public static TimeSpan FiledTime => Stopwatch.GetElapsedTime(0, FiledSlice);

    public static long Microseconds(long count) => Stopwatch.Frequency * count / 1_000_000;

    /// <summary>0 for the most detail; every step up costs less and leaves more to assumption.</summary>
    public static int Level
    {
        get;
        set
        {
            field = Math.Clamp(value, Highest, Lowest);
            (ClockedSlice, FiledSlice, FiledGap) = field switch
            {
                0 => (Microseconds(20), Microseconds(200), Microseconds(1_000)),
                1 => (Microseconds(50), Microseconds(1_000), Microseconds(100_000)),
                2 => (Microseconds(200), Microseconds(10_000), Microseconds(100_000)),
                _ => (Microseconds(200), Microseconds(100_000), Microseconds(100_000)),
            };
        }
    }

    /// <summary>One of those who share the process wants no more detail than this, until it wants <see cref="Highest"/> again. What the most modest wants holds.</summary>
    public static void Want(object who, int level)
    {
        lock (Wanted)
        {
            if (level == Highest)
                Wanted.Remove(who);
            else
                Wanted[who] = level;
            Level = Wanted.Count == 0 ? Highest : Wanted.Values.Max();
        }
    }
}
