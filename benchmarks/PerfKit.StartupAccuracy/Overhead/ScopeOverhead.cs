using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.StartupAccuracy;

/// <summary>What 1,000 scopes cost, beside as many pairs of time stamps.</summary>
internal static class ScopeOverhead
{
    private const int Scopes = 1_000;

    // CPU time where there is such a clock: on a busy machine the other one tells mostly of others.
    private static TimeSpan Now => CpuClock.IsAvailable ? CpuClock.Now : Stopwatch.GetElapsedTime(0);

    public static IEnumerable<Verdict> Measure(int rounds)
    {
        var scopes = new List<double>();
        var stamps = new List<double>();
        long bytes = long.MaxValue;
        // The first rounds run before the compiler has done its best, as a start-up does; they are told apart.
        double? first = null;
        for (int round = 0; round < rounds; round++)
        {
            var tracker = new StartupTracker(capacity: Scopes);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan cpu = Now;
            for (int i = 0; i < Scopes; i++)
                tracker.Begin("service").Dispose();
            double time = (Now - cpu).TotalMilliseconds;
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - allocated);
            first ??= time;
            scopes.Add(time);
            cpu = Now;
            long sum = 0;
            for (int i = 0; i < Scopes; i++)
                sum += Stopwatch.GetTimestamp() - Stopwatch.GetTimestamp();
            stamps.Add((Now - cpu).TotalMilliseconds);
            GC.KeepAlive(sum);
        }
        double median = MakeupAccuracy.Middle(scopes);
        Print.Line($"{Scopes} scopes one after the other, {rounds} rounds, CPU time: median {median:F3} ms, first {first:F3} ms; {Scopes} pairs of time stamps: {MakeupAccuracy.Middle(stamps):F3} ms.");
        Console.WriteLine();
        return
        [
            new("1,000 scopes", Print.Text($"{median:F3} ms"), "under 1 ms", median < 1),
            new("managed bytes a scope", Print.Text($"{bytes / (double)Scopes:F0}"), "under 600", bytes < 600 * Scopes) { IsExact = true },
        ];
    }
}
