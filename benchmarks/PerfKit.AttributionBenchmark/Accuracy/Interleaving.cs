using PerfKit.Instrumentation;

namespace PerfKit.AttributionBenchmark;

/// <summary>
/// Eight services at once on shared threads, over awaits, <see cref="Task.Run(Action)"/>, locks that they keep from each other and
/// <see cref="Parallel.ForEachAsync{TSource}(IEnumerable{TSource}, ParallelOptions, Func{TSource, CancellationToken, ValueTask})"/>, beside
/// a thread that belongs to none: whether each is charged its own, and whether all of it adds up to the process.
/// </summary>
internal static class Interleaving
{
    private const int Services = 8;
    private const int WarmUp = 3;

    public static async Task<IEnumerable<Verdict>> MeasureAsync(int rounds)
    {
        var seen = new List<Seen>();
        TimeSpan charged = TimeSpan.Zero, inside = TimeSpan.Zero, outside = TimeSpan.Zero, process = TimeSpan.Zero;
        for (int round = 0; round < WarmUp + rounds; round++)
        {
            KnownService[] known = [.. Enumerable.Range(0, Services).Select(number => new KnownService(FormattableString.Invariant($"service {number}")))];
            var stranger = new KnownService("(none)");
            TimeSpan processBefore = Environment.CpuUsage.TotalTime;
            UsageSnapshot before = UsageSnapshot.Take();
            var thread = new Thread(() => stranger.Do(() => CpuClock.Burn(TimeSpan.FromMilliseconds(60))));
            thread.UnsafeStart();
            var gates = new object[] { new(), new() };
            await Task.WhenAll(known.Select((service, number) => Task.Run(() => WorkAsync(service, gates[number % 2], new Random((number * 100) + round)))));
            thread.Join();
            UsageSnapshot window = UsageSnapshot.Take().Since(before);
            TimeSpan processUsed = Environment.CpuUsage.TotalTime - processBefore;
            if (round < WarmUp)
                continue;
            seen.AddRange(known.Select(service => new Seen(service, window.Services.Single(usage => usage.Service == service.Name))));
            charged += window.Services.Aggregate(TimeSpan.Zero, (sum, usage) => sum + (usage.Cpu ?? TimeSpan.Zero));
            inside += known.Aggregate(TimeSpan.Zero, (sum, service) => sum + service.Cpu);
            outside += stranger.Cpu;
            process += processUsed;
        }

        ILookup<string, Seen> services = seen.ToLookup(service => service.Known.Name, StringComparer.Ordinal);
        Print.Line($"{Services} services at once, {rounds} rounds; medians of a round, in ms, charged beside known.");
        Print.Table(
            ["service", "CPU", "known", "off", "blocked", "known", "off", "kB", "known", "off"],
            services.Select(service => (IReadOnlyList<string>)
            [
                service.Key,
                Milliseconds(service, one => one.Usage.Cpu), Milliseconds(service, one => one.Known.Cpu), Percent(service, CpuError),
                Milliseconds(service, one => one.Usage.Blocked), Milliseconds(service, one => one.Known.Blocked), Percent(service, BlockedError),
                Print.Text($"{Rounds.Middle(service.Select(one => one.Usage.AllocatedBytes / 1e3)):F0}"), Print.Text($"{Rounds.Middle(service.Select(one => one.Known.Bytes / 1e3)):F0}"), Percent(service, ByteError),
            ]));
        // All that is not a service's is unattributed; how much of it truly ran outside is known from what the services did.
        Print.Line($"Process {process.TotalMilliseconds:F0} ms: services {charged.TotalMilliseconds:F0}, (unattributed) {(process - charged).TotalMilliseconds:F0}, known to be outside {(process - inside).TotalMilliseconds:F0}, of which one thread {outside.TotalMilliseconds:F0}.");
        Console.WriteLine();
        double gap = (charged - inside).Duration() / process;
        return
        [
            AtMost("CPU charged to each of 8 services, worst service", services.Max(service => Median(service, CpuError)), 0.03),
            AtMost("blocked time charged to each, worst service", services.Max(service => Median(service, BlockedError)), 0.05),
            AtMost("bytes charged to each, worst service", services.Max(service => Median(service, ByteError)), 0.02, isExact: true),
            AtMost("(unattributed), of the process's CPU", gap, 0.02),
        ];
    }

    private static async Task WorkAsync(KnownService service, object gate, Random random)
    {
        using (ServiceContext.Enter(service.Name))
        {
            for (int step = 0; step < 4; step++)
            {
                service.Do(() => CpuClock.Burn(Some(random, 1, 5)));
                await Task.Yield();
                service.Do(() => Thread.Sleep(random.Next(1, 4)));
                await Task.Run(() => service.Do(() => CpuClock.Burn(Some(random, 1, 3))));
                await Task.Delay(random.Next(1, 4));
                service.Do(() =>
                {
                    lock (gate)
                        Thread.Sleep(1);
                });
                service.Do(() => Allocate(random.Next(100_000, 400_000)));
            }
            await Parallel.ForEachAsync(Enumerable.Range(0, 4), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (item, cancellation) =>
            {
                service.Do(() => CpuClock.Burn(TimeSpan.FromMilliseconds(1 + (item % 2))));
                await Task.Delay(1, cancellation);
                service.Do(() => Allocate(50_000));
            });
        }
    }

    private static TimeSpan Some(Random random, int least, int most) => TimeSpan.FromMilliseconds(least + (random.NextDouble() * (most - least)));

    private static void Allocate(int bytes)
    {
        for (int left = bytes; left > 0; left -= 1_000)
            GC.KeepAlive(new byte[1_000]);
    }

    private static double CpuError(Seen seen) => Math.Abs(((seen.Usage.Cpu ?? TimeSpan.Zero) / seen.Known.Cpu) - 1);

    private static double BlockedError(Seen seen) => Math.Abs(((seen.Usage.Blocked ?? TimeSpan.Zero) / seen.Known.Blocked) - 1);

    private static double ByteError(Seen seen) => Math.Abs((seen.Usage.AllocatedBytes / (double)seen.Known.Bytes) - 1);

    private static double Median(IEnumerable<Seen> service, Func<Seen, double> error) => Rounds.Middle(service.Select(error));

    private static string Percent(IEnumerable<Seen> service, Func<Seen, double> error) => Print.Text($"{Median(service, error):P2}");

    private static string Milliseconds(IEnumerable<Seen> service, Func<Seen, TimeSpan?> time) =>
        Print.Text($"{Rounds.Middle(service.Select(one => time(one)?.TotalMilliseconds ?? 0)):F2}");

    private static Verdict AtMost(string claim, double error, double limit, bool isExact = false) =>
        new(claim, Print.Text($"{error:P2} off"), Print.Text($"within {limit:P0}"), error <= limit) { IsExact = isExact };

    private sealed record Seen(KnownService Known, ServiceUsage Usage);
}
