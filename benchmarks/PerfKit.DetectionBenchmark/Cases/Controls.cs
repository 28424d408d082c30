namespace PerfKit.DetectionBenchmark;

/// <summary>Healthy programs, in which every finding is a false alarm. They stay below about two thirds of the limits.</summary>
internal static class Controls
{
    public static IEnumerable<Case> Cases(int seed)
    {
        var random = new Random(Drawing.SeedOf(seed, "controls"));
        return Known.Select(known => (known.Name, known.Workloads, IsDrawn: false))
            .Concat(Drawn(random).Select(drawn => (drawn.Name, drawn.Workloads, IsDrawn: true)))
            .Select(control => new Case($"control/{control.Name}", CaseGroup.Control, Names.Spread(random, control.Workloads), control.IsDrawn)
            {
                Selection = control.Name switch
                {
                    "idle" or "requests" => CaseSelection.Short,
                    "half-a-core" or "bursts" or "busy-neighbor" or "warming-up" or "own-threads" or "awaiting" => CaseSelection.SelfTest,
                    _ => CaseSelection.None,
                },
            });
    }

    private static readonly (string Name, Workload[] Workloads)[] Known =
    [
        ("idle", [new Idle()]),
        ("requests", [new Requests(100), new Requests(20, 200)]),
        ("warming-up", [new WarmingUp(150), new Requests(30)]),
        ("half-a-core", [new PartOfACore(Computation.Parse, 0.45)]),
        ("two-busy-services", [new PartOfACore(Computation.Sort, 0.3), new PartOfACore(Computation.Hash, 0.3)]),
        ("cpu-burst", [new CpuBurst(1), new Requests(20)]),
        ("bursts", [new PoolBurst(300), new SomeExceptions(0, 500)]),
        ("awaiting", [new AwaitingCalls(150, 300), new Idle()]),
        ("own-threads", [new OwnThreads(12), new Requests(20)]),
        ("brief-holds", [new BriefHolds(5, 40), new Requests(20)]),
        ("quick-lock", [new QuickLock(4, 200_000)]),
        ("few-exceptions", [new SomeExceptions(30, 0)]),
        ("modest-files", [new ModestFiles(8_000, 2_000), new Requests(20)]),
        ("idle-service-beside-files", [new Idle(), new ModestFiles(500, 64 << 10)]),
        ("short-lived-garbage", [new ShortLived(120)]),
        ("steady-heap", [new SteadyHeap(500), new Requests(30)]),
        ("collecting", [new Collecting(1), new Requests(20)]),
        ("native-buffers", [new NativeBuffers(4 << 20, 20)]),
        ("timers", [new Timers(400)]),
        ("pipeline", [new Pipeline(5_000, 3)]),
        ("rarely-slow", [new RarelySlow(100, 300)]),
        ("orderly-start", [new OrderlyStart(6, 250), new OrderlyStart(4, 300), new Requests(20)]),
        ("busy-neighbor", [new BusyNeighbor(), new Requests(50)]),
        ("filling-cache", [new FillingCache(80, 15, 90)]),
        ("batches", [new Batches(12, 5, 90)]),
        ("watched-for-long", [new LongIdle(100), new Requests(60), new OwnThreads(3)]),
    ];

    private static (string Name, Workload[] Workloads)[] Drawn(Random random) =>
    [
        ("drawn-requests", [new Requests(random.Between(10, 150), random.Next(1, 400)), new OwnThreads(random.Next(1, 20))]),
        ("drawn-part-of-a-core", [new PartOfACore(random.Any<Computation>(), random.Between(0.1, 0.5)), new Requests(random.Next(5, 50))]),
        ("drawn-bursts", [new PoolBurst(random.Next(50, 400)), new CpuBurst(random.Between(0.3, 1.2))]),
        ("drawn-files", [new ModestFiles(random.Between(100, 15_000), random.Next(10, 3_000)), new Idle()]),
        ("drawn-memory", [new SteadyHeap(random.Next(100, 600)), new ShortLived(random.Between(20, 150))]),
        ("drawn-exceptions", [new SomeExceptions(random.Between(1, 50), random.Next(0, 400)), new QuickLock(random.Next(2, 6), random.Between(10_000, 200_000))]),
        ("drawn-awaiting", [new AwaitingCalls(random.Next(10, 200), random.Next(50, 700)), new BriefHolds(random.Between(1, 5), random.Next(5, 40))]),
        ("drawn-busy-neighbor", [new BusyNeighbor(), new PartOfACore(random.Any<Computation>(), random.Between(0.1, 0.3))]),
        ("drawn-filling-cache", [new FillingCache(random.Next(40, 150), random.Between(5, 15), 90), new Requests(random.Next(5, 40))]),
        ("drawn-batches", [new Batches(random.Between(6, 20), random.Between(2, 7), 90), new Idle()]),
    ];
}
