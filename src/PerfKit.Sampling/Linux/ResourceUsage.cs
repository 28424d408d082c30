using System.Runtime.InteropServices;

namespace PerfKit.Sampling;

/// <summary>Context switches of the whole process, ended threads included, from getrusage(2).</summary>
/// <param name="Voluntary">A thread gave its processor up: it waited for something.</param>
/// <param name="Involuntary">A thread lost its processor to another that was due.</param>
internal readonly partial record struct ResourceUsage(long Voluntary, long Involuntary)
{
    // struct rusage has two timeval and 14 long, of which the last two are ru_nvcsw and ru_nivcsw. All are as long as a pointer.
    private const int Fields = 18;

    internal static bool TryRead(out ResourceUsage usage)
    {
        usage = default;
        try
        {
            Span<nint> fields = stackalloc nint[Fields];
            if (GetResourceUsage(0, fields) != 0) return false;
            usage = new ResourceUsage(fields[Fields - 2], fields[Fields - 1]);
            return usage is { Voluntary: >= 0, Involuntary: >= 0 };
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, Span<nint> usage);
}
