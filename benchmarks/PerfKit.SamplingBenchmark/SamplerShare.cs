using System.Diagnostics;
using PerfKit.Sampling;

namespace PerfKit.SamplingBenchmark;

/// <summary>
/// Question: how much of a core does a running sampler take, with its thread's wake-ups, the work item that it sends through the pool, and all?
/// Baseline: the same process doing nothing, which is taken off. Left out: handlers of samples.
/// </summary>
internal static class SamplerShare
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.2);

    public static IEnumerable<Verdict> Measure(bool isShort)
    {
        int rounds = isShort ? 1 : 3;
        TimeSpan window = TimeSpan.FromSeconds(isShort ? 2 : 10);
        var everySecond = new ResourceSamplerOptions();
        var often = new ResourceSamplerOptions { Interval = TimeSpan.FromMilliseconds(10) };
        for (int time = 0; time < (isShort ? 1 : 5); time++)
            Share(often, TimeSpan.FromSeconds(isShort ? 1 : 2)); // compiles, in the background too

        double[] nothing = new double[rounds], slow = new double[rounds], fast = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            nothing[round] = Share(null, window / 2);
            slow[round] = Share(everySecond, window);
            fast[round] = Share(often, window / 2);
        }

        double idle = Turns.Middle(nothing);
        double second = Turns.Middle(slow.Zip(nothing, (with, without) => with - without)), hundredth = Turns.Middle(fast.Zip(nothing, (with, without) => with - without));
        Print.Line($"The sampler's share of a core, {rounds} windows of up to {window.TotalSeconds} s each; medians; the whole process's CPU time, less that of the idle process.");
        Print.Table(
            ["sampler", "percent of a core", "us a sample"],
            [
                ["none, not taken off", Print.Text($"{idle:F4}"), ""],
                ["default options, each second", Print.Text($"{second:F4}"), Print.Text($"{second * 1e4:F0}")],
                ["each 10 ms", Print.Text($"{hundredth:F4}"), Print.Text($"{hundredth * 1e2:F0}")],
            ]);
        return
        [
            new("the default sampler, each second", Print.Text($"{second:F4} % of a core"), "under 0.05 %", second < 0.05),
            new("the sampler at 100 a second", Print.Text($"{hundredth:F3} % of a core"), "under 3 %", hundredth < 3),
        ];
    }

    private static double Share(ResourceSamplerOptions? options, TimeSpan window)
    {
        using ResourceSampler? sampler = options is null ? null : new ResourceSampler(options);
        sampler?.Start();
        Thread.Sleep(Settling); // starting it is no part of running it
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        Thread.Sleep(window);
        TimeSpan used = Environment.CpuUsage.TotalTime - before;
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        if (sampler is not null && sampler.History.TotalCount < elapsed / sampler.Interval * 0.9)
            throw new InvalidOperationException("The sampler did not keep its pace: what was measured is not what was claimed.");
        return 100 * (used / elapsed);
    }
}
