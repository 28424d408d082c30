using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.WaitsBenchmark;

/// <summary>Programs in which services make each other wait for locks; each runs some rounds and writes down what happened.</summary>
internal sealed class LockPrograms(int seed)
{
    private readonly Random _random = new(seed);

    public IEnumerable<(string Name, Action<LockLog, int> Run)> All =>
    [
        ("Monitor, one holder", (log, rounds) => OneHolder(log, rounds, new MonitorGate())),
        ("Monitor with timeout, one holder", (log, rounds) => OneHolder(log, rounds, new TimedGate())),
        ("System.Threading.Lock, one holder", (log, rounds) => OneHolder(log, rounds, new ModernGate())),
        ("two holders in turn", TwoInTurn),
        ("eight services at one lock", Eight),
        ("holder in an inner service", InnerService),
        ("nested locks: the holder waits itself", Nested),
        ("holder goes on with other services", HandOver),
        ("async flows, locks between awaits", Async),
    ];

    private void OneHolder(LockLog log, int rounds, IGate gate) => Together(
        () => Repeat(rounds, _ =>
        {
            Run("report", () => log.Hold(gate, "report", () => Work(HoldTime())));
            Thread.Sleep(5);
        }),
        () => Repeat(rounds, _ => Run("orders", () => Try(log, gate, "orders"))),
        () => Repeat(rounds, _ => Run("search", () => Try(log, gate, "search"))));

    private void TwoInTurn(LockLog log, int rounds)
    {
        var gate = new ModernGate();
        Together(
            () => Repeat(rounds, _ => Run("import", () => log.Hold(gate, "import", () => Work(HoldTime())))),
            () => Repeat(rounds, _ => Run("export", () => log.Hold(gate, "export", () => Work(HoldTime())))),
            () => Repeat(rounds, _ => Run("orders", () => Try(log, gate, "orders"))));
    }

    private void Eight(LockLog log, int rounds)
    {
        var gate = new MonitorGate();
        Together([.. Enumerable.Range(0, 8).Select(n => (Action)(() => Repeat(Math.Max(2, rounds / 8), _ => Run($"part {n}", () =>
        {
            log.Hold(gate, $"part {n}", () => Work(Time(5, 25)));
            Thread.Sleep(Time(1, 10));
        }))))]);
    }

    private void InnerService(LockLog log, int rounds)
    {
        var gate = new MonitorGate();
        Together(
            () => Repeat(rounds, _ =>
            {
                Run("checkout", () => log.Hold(gate, "pricing", () => Run("pricing", () => Work(HoldTime()))));
                Thread.Sleep(5);
            }),
            () => Repeat(rounds, _ => Run("orders", () => Try(log, gate, "orders"))));
    }

    private void Nested(LockLog log, int rounds)
    {
        IGate outer = new MonitorGate(), inner = new ModernGate();
        Together(
            () => Repeat(rounds, _ =>
            {
                Run("database", () => log.Hold(inner, "database", () => Work(HoldTime())));
                Thread.Sleep(10);
            }),
            () => Repeat(rounds, _ =>
            {
                Run("cache", () => log.Hold(outer, "cache", () => log.Hold(inner, "cache", () => Work(TimeSpan.FromMilliseconds(1)))));
                Thread.Sleep(2);
            }),
            () => Repeat(rounds, _ => Run("orders", () => Try(log, outer, "orders"))));
    }

    private void HandOver(LockLog log, int rounds)
    {
        var gate = new ModernGate();
        Together(
            () => Repeat(rounds, _ =>
            {
                Run("report", () => log.Hold(gate, "report", () => Work(HoldTime())));
                for (int next = 0; next < 10; next++) // other services' work before the events are heard
                    Run($"next {next}", () => Work(TimeSpan.FromMilliseconds(1)));
            }),
            () => Repeat(rounds, _ => Run("orders", () => Try(log, gate, "orders"))));
    }

    private void Async(LockLog log, int rounds)
    {
        IGate gate = new MonitorGate();
        Task.WhenAll(
            Flow("report", rounds, async () =>
            {
                await Task.Yield();
                log.Hold(gate, "report", () => Work(HoldTime()));
                await Task.Delay(5);
            }),
            Flow("orders", rounds, async () =>
            {
                await Task.Yield();
                Try(log, gate, "orders");
                await Task.Delay(3);
            }),
            Flow("search", rounds, async () =>
            {
                await Task.Yield();
                Try(log, gate, "search");
                await Task.Yield();
            })).Wait();

        static Task Flow(string service, int rounds, Func<Task> step) => Task.Run(async () =>
        {
            for (int round = 0; round < rounds; round++)
            {
                using (ServiceContext.Enter(service))
                    await step();
            }
        });
    }

    // Who only passes through takes the lock for a moment, and then leaves it alone for another.
    private static void Try(LockLog log, IGate gate, string service)
    {
        log.Hold(gate, service, static () => Thread.SpinWait(100));
        Thread.Sleep(3);
    }

    private static void Run(string service, Action work)
    {
        using (ServiceContext.Enter(service))
            work();
    }

    private static void Repeat(int rounds, Action<int> round)
    {
        for (int i = 0; i < rounds; i++)
            round(i);
    }

    private static void Together(params Action[] parts)
    {
        Thread[] threads = [.. parts.Select(part => new Thread(() => part()))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
    }

    private TimeSpan HoldTime() => Time(25, 60);

    private TimeSpan Time(int least, int most)
    {
        lock (_random)
            return TimeSpan.FromMilliseconds(_random.Next(least, most));
    }

    // Half of the work computes, half waits: a holder may do either.
    private void Work(TimeSpan time)
    {
        if (Time(0, 2) > TimeSpan.Zero)
        {
            Thread.Sleep(time);
            return;
        }
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
            Thread.SpinWait(50);
    }
}
