using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.OverheadBenchmark;

/// <summary>
/// Tells whether somebody else computes on the other thread of the same physical core, another virtual machine say: no counter of
/// this system shows it. Work that waits for its own results goes on as before then; work that could fill the core's units takes
/// half as long again. So the time of the one beside the other's tells, beside the least that this process has seen of it.
/// </summary>
internal static class SharedCore
{
    private const double Alone = 1.07;
    private const int Steps = 20_000;

    private static double _least = double.MaxValue;
    private static ulong _sink;

    /// <summary>How the core does now; to be compared with others by <see cref="IsAlone"/>.</summary>
    public static double Probe()
    {
        double wide = double.MaxValue, chained = double.MaxValue;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            wide = Math.Min(wide, Time(Wide));
            chained = Math.Min(chained, Time(Chained));
        }
        double ratio = wide / chained;
        _least = Math.Min(_least, ratio);
        return ratio;
    }

    /// <summary>Nobody else used the core's units when it was probed.</summary>
    public static bool IsAlone(double probed) => probed <= _least * Alone;

    private static double Time(Func<ulong> work)
    {
        long before = Stopwatch.GetTimestamp();
        _sink += work();
        return Stopwatch.GetTimestamp() - before;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Wide()
    {
        ulong a = _sink, b = a + 2, c = a + 3, d = a + 4, e = a + 5, f = a + 6;
        for (ulong i = 0; i < Steps; i++)
        {
            a += i;
            b ^= a + 3;
            c += i * 5;
            d ^= c >> 3;
            e += i ^ 7;
            f += e & 15;
        }
        return a ^ b ^ c ^ d ^ e ^ f;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Chained()
    {
        ulong hash = _sink;
        for (ulong i = 0; i < Steps; i++)
            hash = (hash ^ i) * 1099511628211;
        return hash;
    }
}
