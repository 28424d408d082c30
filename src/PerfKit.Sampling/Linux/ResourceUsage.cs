using System.Runtime.InteropServices;

namespace PerfKit.Sampling;

/// <summary>What getrusage(2) tells of the whole process, ended threads included.</summary>
/// <param name="UserTime">CPU time outside of the kernel, to a microsecond.</param>
/// <param name="KernelTime">CPU time inside of it.</param>
/// <param name="Voluntary">How often a thread gave its processor up: it waited for something.</param>
/// <param name="Involuntary">How often a thread lost its processor to another that was due.</param>
internal readonly partial record struct ResourceUsage(TimeSpan UserTime, TimeSpan KernelTime, long Voluntary, long Involuntary)
{
    // struct rusage has two timeval (seconds, microseconds) and 14 long, of which the last two are ru_nvcsw and ru_nivcsw. All are as
    // long as a pointer.
    private const int Fields = 18;

    internal static bool TryRead(out ResourceUsage usage)
    {
        usage = default;
        try
        {
            Span<nint> fields = stackalloc nint[Fields];
            if (GetResourceUsage(0, fields) != 0) return false;
            usage = new ResourceUsage(Time(fields[0], fields[1]), Time(fields[2], fields[3]), fields[Fields - 2], fields[Fields - 1]);
            return usage is { Voluntary: >= 0, Involuntary: >= 0 };
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static TimeSpan Time(nint seconds, nint microseconds) => new((seconds * TimeSpan.TicksPerSecond) + (microseconds * TimeSpan.TicksPerMicrosecond));

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, Span<nint> usage);
}
