using System.Diagnostics;
using System.Runtime.CompilerServices;
using PerfKit.Pinning;

namespace PerfKit.OverheadBenchmark;

/// <summary>Rounds that were run, and what they told.</summary>
/// <param name="Told">Of the rounds that count.</param>
/// <param name="Run">How many there were in all.</param>
/// <param name="IsAlone">There were enough on a core of their own, and only these count.</param>
internal sealed record RoundsRun<T>(IReadOnlyList<T> Told, int Run, bool IsAlone)
{
    public string Text => Print.Text($"{Told.Count} of {Run} rounds{(IsAlone ? "" : ", on a core that somebody shared")}");

    /// <summary>What to say of a claim: somebody on the same core can only make it look worse.</summary>
    public bool? Judge(bool holds) => holds ? true : IsAlone ? false : null;
}

/// <summary>
/// Tells when a core does less than it can, though nothing else of this system runs on it: as when somebody else, another virtual machine
/// say, computes on the other hardware thread of the same physical core. No counter shows that. Work that waits for its own results goes
/// on as before then; work that could fill the core's units takes up to half as long again. So the time of the one beside the other's
/// tells, compared with the least that this process has seen of it.
/// </summary>
internal static class SharedCore
{
    private const double Alone = 1.07;
    private const int Steps = 20_000;
    private const int MostTries = 10; // times the rounds that are wanted

    private static double _least = double.MaxValue;
    private static ulong _sink;

    /// <summary>
    /// Runs rounds until so many had a core of their own, or patience ends. The calling thread is pinned to the first core, and to another
    /// one when that is found shared.
    /// </summary>
    /// <param name="wanted">How many rounds.</param>
    /// <param name="round">One round, by its number.</param>
    public static RoundsRun<T> Rounds<T>(int wanted, Func<int, T> round)
    {
        int core = 0, alone = 0;
        Cores.Pin(core);
        var run = new List<(T Told, double Probed)>();
        double before = Probe();
        while (alone < wanted && run.Count < wanted * MostTries)
        {
            T told = round(run.Count);
            double after = Probe(), probed = Math.Max(before, after);
            run.Add((told, probed));
            before = after;
            if (IsAlone(probed))
            {
                alone++;
            }
            else if (Cores.Usable.Count > 1)
            {
                core = (core + 1) % Cores.Usable.Count;
                Cores.Pin(core);
                before = Probe();
            }
        }
        Cores.Pin(0);
        // Judged at the end: a core that was shared from the beginning shows only when it no longer is.
        T[] quiet = [.. run.Where(one => IsAlone(one.Probed)).Select(one => one.Told)];
        bool isEnough = quiet.Length >= Math.Min(wanted, Math.Max(11, wanted / 10));
        return new RoundsRun<T>(isEnough ? quiet : [.. run.Select(one => one.Told)], run.Count, isEnough);
    }

    /// <summary>How the calling thread's core does now; <see cref="IsAlone"/> says what that means.</summary>
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

    /// <summary>Nobody else used the core's units when it was probed, as far as this process has seen what that is like.</summary>
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
