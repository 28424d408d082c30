using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.WaitsBenchmark;

/// <summary>What the watch costs while it is on, beside the same work with it off, in turns; medians of the rounds' ratios.</summary>
internal static class WatchCost
{
    private const double Limit = 1.05;
    private static readonly TimeSpan Stretch = TimeSpan.FromMilliseconds(400);

    public static IEnumerable<Verdict> Measure(int rounds)
    {
        Console.WriteLine("Cost of the watch: time for the same work, on beside off");
        (double shortSlices, _) = Ratio(rounds, 1, _ => Slice(microseconds: 2));
        (double longSlices, _) = Ratio(rounds, 1, _ => Slice(microseconds: 300));
        var gate = new MonitorGate();
        (double contended, double microseconds) = Ratio(rounds, 3, thread => Contend(gate, thread));
        Print.Table(
            ["work", "on / off", "CPU for each wait"],
            [
                ["service contexts of 2 µs, no lock", Print.Text($"{shortSlices:0.000}"), ""],
                ["service contexts of 300 µs, no lock", Print.Text($"{longSlices:0.000}"), ""],
                ["three threads at one lock", Print.Text($"{contended:0.000}"), Print.Text($"{microseconds:0} µs")],
            ]);
        yield return Judge("the watch, without contention, slices of 2 µs", shortSlices);
        yield return Judge("the watch, without contention, slices of 300 µs", longSlices);
    }

    private static Verdict Judge(string claim, double ratio) => new(claim, Print.Text($"{ratio:0.000}x"), Print.Text($"at most {Limit:0.00}x of off"), ratio <= Limit);

    private static (double Ratio, double MicrosecondsAWait) Ratio(int rounds, int threads, Action<int> step)
    {
        List<double> ratios = [], costs = [];
        for (int round = -1; round < rounds; round++)
        {
            bool isFirst = round % 2 == 0; // who goes first has a colder, or a cooler, machine
            (double on, double cpuOn, long waits) = isFirst ? Watched() : default;
            (double off, double cpuOff, _) = Run(threads, step);
            if (!isFirst)
                (on, cpuOn, waits) = Watched();
            if (round < 0)
                continue; // to warm up
            ratios.Add(off / on);
            costs.Add(waits > 0 ? (cpuOn - (cpuOff * on / off)) / waits * 1e6 : 0);
        }
        ratios.Sort();
        costs.Sort();
        return (ratios[ratios.Count / 2], costs[costs.Count / 2]);

        (double Rate, double Cpu, long Waits) Watched()
        {
            using WaitObservation watch = WaitWatch.Shared.Observe(isAsking: true);
            (double rate, double cpu, _) = Run(threads, step);
            return (rate, cpu, watch.Finish()!.LockWaitsHeard ?? 0);
        }
    }

    /// <returns>Steps a second, CPU seconds, and nothing.</returns>
    private static (double Rate, double Cpu, long Waits) Run(int threads, Action<int> step)
    {
        long steps = 0;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            long own = 0;
            for (; clock.Elapsed < Stretch; own++)
                step(thread);
            Interlocked.Add(ref steps, own);
        }))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        return (steps / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 0);
    }

    private static void Slice(int microseconds)
    {
        using (ServiceContext.Enter("sliced"))
            SpinFor(microseconds);
    }

    private static void Contend(MonitorGate gate, int thread)
    {
        using (ServiceContext.Enter(thread == 0 ? "first" : "others"))
        {
            gate.Enter();
            SpinFor(500);
            gate.Exit();
        }
    }

    private static void SpinFor(int microseconds)
    {
        long until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 1_000_000 * microseconds);
        while (Stopwatch.GetTimestamp() < until)
            Thread.SpinWait(5);
    }
}
