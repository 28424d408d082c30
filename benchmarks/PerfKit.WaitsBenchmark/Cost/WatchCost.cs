using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.WaitsBenchmark;

/// <summary>
/// What the watch costs while it is on, beside the same work with it off, in turns: CPU of the whole process for each step of
/// work, so that the runtime's and the watch's own threads are in it; medians of the rounds' ratios.
/// </summary>
internal static class WatchCost
{
    private const double Limit = 1.05;
    private static readonly TimeSpan Stretch = TimeSpan.FromMilliseconds(400);

    public static IEnumerable<Verdict> Measure(int rounds)
    {
        Console.WriteLine("Cost of the watch: CPU for the same work, on beside off");
        Cost brief = Measure(rounds, threads: 1, _ => Slice(spins: 50));
        Cost lasting = Measure(rounds, threads: 1, _ => Slice(spins: 10_000));
        var gate = new MonitorGate();
        Cost contended = Measure(rounds, threads: 8, thread => Contend(gate, thread));
        Print.Table(
            ["work", "on / off", "lock waits a second", "CPU for each"],
            [
                ["brief service contexts, no lock", Print.Text($"{brief.Ratio:0.000}"), "", ""],
                ["lasting service contexts, no lock", Print.Text($"{lasting.Ratio:0.000}"), "", ""],
                ["eight threads at one lock", Print.Text($"{contended.Ratio:0.000}"), Print.Text($"{contended.WaitsASecond:0}"), Print.Text($"{contended.SecondsAWait * 1e6:0} µs")],
            ]);
        yield return Judge("the watch without contention, brief contexts", brief);
        yield return Judge("the watch without contention, lasting contexts", lasting);
    }

    private static Verdict Judge(string claim, Cost cost) => new(claim, Print.Text($"{cost.Ratio:0.000}x"), Print.Text($"at most {Limit:0.00}x of off"), cost.Ratio <= Limit);

    private static Cost Measure(int rounds, int threads, Action<int> step)
    {
        List<double> ratios = [], waits = [], seconds = [];
        long steps = 0; // of the last stretch watched
        for (int round = -1; round < rounds; round++)
        {
            bool isFirst = round % 2 == 0; // who goes second has a warmer machine
            (double on, double heard) = isFirst ? Watched() : default;
            double off = CpuAStep(threads, step, out _);
            if (!isFirst)
                (on, heard) = Watched();
            if (round < 0)
                continue; // to warm up
            ratios.Add(on / off);
            waits.Add(heard / Stretch.TotalSeconds);
            seconds.Add(heard > 0 ? (on - off) * steps / heard : 0);
        }
        return new Cost(Median(ratios), Median(waits), Median(seconds));

        (double CpuAStep, double Heard) Watched()
        {
            using WaitObservation watch = WaitWatch.Shared.Observe(isAsking: true);
            double cpu = CpuAStep(threads, step, out steps);
            return (cpu, watch.Finish()!.LockWaitsHeard ?? 0);
        }
    }

    private static double CpuAStep(int threads, Action<int> step, out long steps)
    {
        long all = 0;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            long own = 0;
            for (; clock.Elapsed < Stretch; own++)
                step(thread);
            Interlocked.Add(ref all, own);
        }))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        steps = all;
        return (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / all;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Slice(int spins)
    {
        using (ServiceContext.Enter("sliced"))
            Thread.SpinWait(spins);
    }

    // Asked for often enough that most find it taken, and held too long to spin for.
    private static void Contend(MonitorGate gate, int thread)
    {
        using (ServiceContext.Enter(thread == 0 ? "first" : "others"))
        {
            gate.Enter();
            Thread.SpinWait(5_000);
            gate.Exit();
            Thread.Sleep(1);
        }
    }

    private readonly record struct Cost(double Ratio, double WaitsASecond, double SecondsAWait);
}
