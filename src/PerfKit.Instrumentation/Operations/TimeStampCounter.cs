using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace PerfKit.Instrumentation;

/// <summary>
/// The processor's time-stamp counter, read by ten bytes of machine code on a page of their own that is written first, and then sealed
/// for execution only. Linux on x64, where the counter is invariant (it runs at one rate whatever the core's frequency and sleep
/// state: Intel SDM, volume 3, 19.17.1; AMD APM, volume 3, CPUID 8000_0007h) and the kernel itself keeps time by it, having checked
/// that the cores agree.
/// </summary>
internal static unsafe partial class TimeStampCounter
{
    private const string ClockSourceFile = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    private const int Readable = 1, Writable = 2, Executable = 4;       // PROT_*, sys/mman.h
    private const int PrivateAnonymous = 0x22;                          // MAP_PRIVATE | MAP_ANONYMOUS
    private const int InvariantBit = 1 << 8;                            // CPUID 8000_0007h, EDX

    // rdtsc; shl rdx, 32; or rax, rdx; ret
    private static ReadOnlySpan<byte> Code => [0x0F, 0x31, 0x48, 0xC1, 0xE2, 0x20, 0x48, 0x09, 0xD0, 0xC3];

    /// <summary>Makes the code that reads the counter.</summary>
    /// <param name="refusal">Why there is none, else <c>null</c>.</param>
    /// <returns>Its address, for as long as the process lives; <c>null</c> with a refusal.</returns>
    public static delegate* unmanaged[SuppressGCTransition]<long> TryMake(out string? refusal)
    {
        refusal = Refusal();
        if (refusal is not null)
            return null;
        nuint length = (nuint)Environment.SystemPageSize;
        void* page = Map(null, length, Readable | Writable, PrivateAnonymous, -1, 0);
        if (page == (void*)-1)
        {
            refusal = $"the system gives no page for its code (mmap: error {Marshal.GetLastPInvokeError()})";
            return null;
        }
        Code.CopyTo(new Span<byte>(page, (int)length));
        if (Protect(page, length, Readable | Executable) != 0)
        {
            refusal = $"the system forbids code that was written (mprotect: error {Marshal.GetLastPInvokeError()})";
            _ = Unmap(page, length);
            return null;
        }
        return (delegate* unmanaged[SuppressGCTransition]<long>)page;
    }

    /// <summary>Nanoseconds of one step, as a fraction of 2^64, measured against <see cref="Stopwatch"/> in some ten milliseconds.</summary>
    /// <returns>0 when the counter does not run, or slower than one step a nanosecond.</returns>
    public static ulong Calibrate(delegate* unmanaged[SuppressGCTransition]<long> counter)
    {
        (long began, long beganCounter) = Both(counter);
        long end = began + (Stopwatch.Frequency / 100);
        while (Stopwatch.GetTimestamp() < end)
        {
        }
        (long ended, long endedCounter) = Both(counter);
        double nanosecondsPerStep = (ended - began) * (1e9 / Stopwatch.Frequency) / (endedCounter - beganCounter);
        return nanosecondsPerStep is > 0 and < 1 ? (ulong)(nanosecondsPerStep * Math.Pow(2, 64)) : 0;
    }

    // Both clocks at once: of several readings the one that took least.
    private static (long Stopwatch, long Counter) Both(delegate* unmanaged[SuppressGCTransition]<long> counter)
    {
        (long Stopwatch, long Counter) best = default;
        long least = long.MaxValue;
        for (int i = 0; i < 20; i++)
        {
            long before = counter();
            long time = Stopwatch.GetTimestamp();
            long after = counter();
            if (after - before >= least)
                continue;
            least = after - before;
            best = (time, before + (least / 2));
        }
        return best;
    }

    private static string? Refusal()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return "it is read on Linux on x64 only";
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x8000_0000), 0).Eax < 0x8000_0007
            || (X86Base.CpuId(unchecked((int)0x8000_0007), 0).Edx & InvariantBit) == 0)
        {
            return "the processor does not promise that it runs at one rate";
        }
        try
        {
            string source = File.ReadAllText(ClockSourceFile).Trim();
            return source == "tsc" ? null : $"the kernel keeps time by {source}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "the kernel does not say what it keeps time by";
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
