using System.Runtime.InteropServices;

namespace PerfKit.Pinning;

/// <summary>Keeps a thread on one core, so that two measured threads never share one. Linux only; elsewhere it does nothing.</summary>
internal static unsafe partial class Cores
{
    /// <summary>The cores that this process may use, by number; empty where it cannot be told.</summary>
    public static IReadOnlyList<int> Usable { get; } = Read();

    /// <summary>Pins the calling thread to one of <see cref="Usable"/>, counted from 0.</summary>
    public static bool Pin(int index)
    {
        if (index >= Usable.Count)
            return false;
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        mask[Usable[index] / 64] = 1UL << (Usable[index] % 64);
        return SetAffinity(0, 128, mask) == 0;
    }

    private static int[] Read()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        ulong* mask = stackalloc ulong[16];
        new Span<ulong>(mask, 16).Clear();
        return GetAffinity(0, 128, mask) < 0 ? [] : [.. CoresIn(new ReadOnlySpan<ulong>(mask, 16))];
    }

    private static List<int> CoresIn(ReadOnlySpan<ulong> mask)
    {
        var cores = new List<int>();
        for (int core = 0; core < mask.Length * 64; core++)
        {
            if ((mask[core / 64] >> (core % 64) & 1) != 0)
                cores.Add(core);
        }
        return cores;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    private static partial int GetAffinity(int thread, nuint size, ulong* mask);
}
