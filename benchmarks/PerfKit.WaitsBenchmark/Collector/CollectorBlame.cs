using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.WaitsBenchmark;

/// <summary>Two services allocate, one three times as much as the other: are the collector's pauses divided so?</summary>
internal static class CollectorBlame
{
    private const double Tolerance = 0.05;

    public static async Task<Verdict> MeasureAsync(int seconds)
    {
        using WaitObservation watch = WaitWatch.Shared.Observe(isAsking: true);
        long[] bytes = new long[2];
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
            await Task.WhenAll(Task.Run(() => Allocate("images", 300, ref bytes[0])), Task.Run(() => Allocate("texts", 100, ref bytes[1])));
        WaitTable table = watch.Finish()!;

        double truth = (double)bytes[0] / (bytes[0] + bytes[1]);
        Print.Line($"Pauses of the collector: images allocated {truth:P1} of what both did");
        double share = Blames.Print(table, WaitKind.GarbageCollection, "images", ["images", "texts"]);
        return new Verdict("pauses of collections: images' part of what both are blamed for", Print.Text($"{share:P1}"), Print.Text($"{truth:P1} within {100 * Tolerance:0} points"), Math.Abs(share - truth) <= Tolerance)
        {
            IsExact = true,
        };
    }

    private static void Allocate(string service, int count, ref long bytes)
    {
        using (ServiceContext.Enter(service))
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            var kept = new byte[16][];
            for (int i = 0; i < count; i++)
                kept[i & 15] = new byte[8_000];
            GC.KeepAlive(kept);
            bytes += GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
