using PerfKit.Instrumentation;

namespace PerfKit.StartupAccuracy;

/// <summary>Eight services that start at once on shared threads, each with a known amount of work: whether each is charged its own.</summary>
internal static class InterleavedServices
{
    private const int Services = 8;

    public static async Task<IEnumerable<Verdict>> MeasureAsync(int rounds)
    {
        var errors = new List<Charged>();
        for (int round = 0; round <= rounds; round++)
        {
            var tracker = new StartupTracker();
            // A collection runs on whichever thread asked for it, for all of them: no one can say whose CPU time it is.
            bool isQuiet = GC.TryStartNoGCRegion(64 << 20);
            Known[] known = await Task.WhenAll(Enumerable.Range(0, Services).Select(number => Task.Run(() => StartAsync(tracker, number, round))));
            if (isQuiet && System.Runtime.GCSettings.LatencyMode == System.Runtime.GCLatencyMode.NoGCRegion)
                GC.EndNoGCRegion();
            ILookup<string, StartupRecord> records = tracker.Snapshot().Records.ToLookup(record => record.Name, StringComparer.Ordinal);
            if (round > 0)
                errors.AddRange(known.Select(service => new Charged(service, records[service.Name].Single().Self!)));
        }
        double cpu = MakeupAccuracy.Middle(errors.Select(charged => Math.Abs((charged.Cpu / charged.Known.Cpu) - 1)));
        double worstCpu = errors.GroupBy(charged => charged.Known.Name).Max(service => MakeupAccuracy.Middle(service.Select(charged => Math.Abs((charged.Cpu / charged.Known.Cpu) - 1))));
        double bytes = errors.GroupBy(charged => charged.Known.Name).Max(service => MakeupAccuracy.Middle(service.Select(charged => Math.Abs(((charged.Makeup.AllocatedBytes ?? 0) / (double)charged.Known.Bytes) - 1))));
        bool waits = errors.GroupBy(charged => charged.Known.Name).All(service => MakeupAccuracy.Middle(service.Select(charged => charged.WaitError)) <= 1);
        Print.Line($"{Services} services at once, {rounds} rounds: CPU charged is off by {cpu:P2} (median of all).");
        Console.WriteLine();
        return
        [
            new("CPU charged to each of 8 interleaved services, worst service", Print.Text($"{worstCpu:P2}"), "within 3 %", worstCpu <= 0.03),
            new("bytes charged to each, worst service", Print.Text($"{bytes:P2}"), "within 5 %", bytes <= 0.05),
            new("blocked and awaiting of each", waits ? "all within" : "not all within", "5 % or 3 ms", waits),
        ];
    }

    private static async Task<Known> StartAsync(StartupTracker tracker, int number, int round)
    {
        var random = new Random((number * 100) + round);
        string name = FormattableString.Invariant($"service {number}");
        var known = new Known(name);
        using StartupScope scope = tracker.Begin(name);
        for (int slice = 0; slice < 10; slice++)
        {
            TimeSpan cpuBefore = CpuClock.Now;
            CpuClock.Burn(TimeSpan.FromMilliseconds(random.Next(1, 5)));
            known.Bytes += InjectedWork.Allocate(random.Next(100_000, 400_000));
            Thread.Sleep(random.Next(0, 4));
            known.Cpu += CpuClock.Now - cpuBefore;
            await Task.Delay(random.Next(1, 6));
        }
        return known;
    }

    private sealed record Known(string Name)
    {
        public TimeSpan Cpu { get; set; }

        public long Bytes { get; set; }
    }

    private sealed record Charged(Known Known, StartupComposition Makeup)
    {
        // What the runtime did for the service, compiling and collecting, ran on its thread and its clock.
        public TimeSpan Cpu => (Makeup.Cpu ?? TimeSpan.Zero) + (Makeup.Jit ?? TimeSpan.Zero) + (Makeup.AssemblyLoading ?? TimeSpan.Zero) + (Makeup.GcPause ?? TimeSpan.Zero);

        /// <summary>Of what is allowed, 1 being all of it.</summary>
        public double WaitError
        {
            get
            {
                TimeSpan waited = (Makeup.Blocked ?? TimeSpan.Zero) + (Makeup.Awaiting ?? TimeSpan.Zero) + (Makeup.QueuedForCpu ?? TimeSpan.Zero);
                TimeSpan known = Makeup.Wall - Known.Cpu; // all that was not running, however long the machine kept it
                TimeSpan allowed = TimeSpan.FromMilliseconds(Math.Max(3, known.TotalMilliseconds * 0.05));
                return (waited - known).Duration() / allowed;
            }
        }
    }
}
