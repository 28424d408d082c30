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
        rounds,
        [() =>
        {
            Run("report", () => log.Hold(gate, "report", () => Work(HoldTime())));
            Thread.Sleep(5);
        }],
        [() => Run("orders", () => Pass(log, gate, "orders")), () => Run("search", () => Pass(log, gate, "search"))]);

    private void TwoInTurn(LockLog log, int rounds)
    {
        var gate = new ModernGate();
        Together(
            rounds,
            [
                () => Run("import", () => log.Hold(gate, "import", () => Work(HoldTime()))),
                () => Run("export", () => log.Hold(gate, "export", () => Work(HoldTime()))),
            ],
            [() => Run("orders", () => Pass(log, gate, "orders"))]);
    }

    private void Eight(LockLog log, int rounds)
    {
        var gate = new MonitorGate();
        Together(
            Math.Max(2, rounds / 4),
            [.. Enumerable.Range(0, 8).Select(n => (Action)(() => Run($"part {n}", () =>
            {
                log.Hold(gate, $"part {n}", () => Work(Time(5, 25)));
                Thread.Sleep(Time(1, 10));
            })))],
            []);
    }

    private void InnerService(LockLog log, int rounds)
    {
        var gate = new MonitorGate();
        Together(
            rounds,
            [() =>
            {
                Run("checkout", () => log.Hold(gate, "pricing", () => Run("pricing", () => Work(HoldTime()))));
                Thread.Sleep(5);
            }],
            [() => Run("orders", () => Pass(log, gate, "orders"))]);
    }

    private void Nested(LockLog log, int rounds)
    {
        IGate outer = new MonitorGate(), inner = new ModernGate();
        Together(
            rounds,
            [() =>
            {
                Run("database", () => log.Hold(inner, "database", () => Work(HoldTime())));
                Thread.Sleep(10);
            }],
            [
                () =>
                {
                    Run("cache", () => log.Hold(outer, "cache", () => log.Hold(inner, "cache", static () => Thread.SpinWait(100))));
                    Thread.Sleep(2);
                },
                () => Run("orders", () => Pass(log, outer, "orders")),
            ]);
    }

    private void HandOver(LockLog log, int rounds)
    {
        var gate = new ModernGate();
        Together(
            rounds,
            [() =>
            {
                Run("report", () => log.Hold(gate, "report", () => Work(HoldTime())));
                for (int next = 0; next < 10; next++) // other services' work before the events are heard
                    Run($"next {next}", () => Work(TimeSpan.FromMilliseconds(1)));
            }],
            [() => Run("orders", () => Pass(log, gate, "orders"))]);
    }

    private void Async(LockLog log, int rounds)
    {
        IGate gate = new MonitorGate();
        using var over = new CancellationTokenSource();
        Task[] passing = [Flow("orders", () => !over.IsCancellationRequested), Flow("search", () => !over.IsCancellationRequested)];
        int left = rounds;
        Flow("report", () => left-- > 0).Wait();
        over.Cancel();
        Task.WaitAll(passing);

        Task Flow(string service, Func<bool> goesOn) => Task.Run(async () =>
        {
            while (goesOn())
            {
                using (ServiceContext.Enter(service))
                {
                    await Task.Yield();
                    if (service == "report")
                        log.Hold(gate, service, () => Work(HoldTime()));
                    else
                        Pass(log, gate, service);
                    await Task.Delay(3);
                }
            }
        });
    }

    // Who only passes through takes the lock for a moment, and then leaves it alone for another.
    private static void Pass(LockLog log, IGate gate, string service)
    {
        log.Hold(gate, service, static () => Thread.SpinWait(100));
        Thread.Sleep(3);
    }

    private static void Run(string service, Action work)
    {
        using (ServiceContext.Enter(service))
            work();
    }

    // Those who hold do so many rounds; those who pass go on as long.
    private static void Together(int rounds, Action[] holders, Action[] passing)
    {
        bool isOver = false;
        Thread[] holding = [.. holders.Select(holder => new Thread(() =>
        {
            for (int round = 0; round < rounds; round++)
                holder();
        }))];
        Thread[] others = [.. passing.Select(pass => new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
                pass();
        }))];
        foreach (Thread thread in holding.Concat(others))
            thread.Start();
        foreach (Thread thread in holding)
            thread.Join();
        Volatile.Write(ref isOver, true);
        foreach (Thread thread in others)
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
