namespace PerfKit.DetectionBenchmark;

/// <summary>Programs with two faults in two services; both must be found.</summary>
internal static class Mixtures
{
    public static IEnumerable<Case> Cases(int seed) => All(new Random(Drawing.SeedOf(seed, "mixtures"))).Select(mixture =>
        new Case($"mixture/{mixture.Name}", CaseGroup.Mixture, Names.Spread(new Random(Drawing.SeedOf(seed, mixture.Name)), [.. mixture.Faults, new Requests(30)]), mixture.IsDrawn)
        {
            Selection = mixture.Name == "exceptions-and-failures" ? CaseSelection.SelfTest : CaseSelection.None,
        });

    private static (string Name, Workload[] Faults, bool IsDrawn)[] All(Random random) =>
    [
        ("hot-loop-and-exceptions", [new HotLoop(Computation.Sort, OnPool: false), new ExceptionStorm(Thrown.Lookup, 400)], false),
        ("exceptions-and-failures", [new ExceptionStorm(Thrown.Parse, 300), new FailingCalls(50, 30)], false),
        ("chatty-file-and-slow-calls", [new ChattyFile(Writes: false, 32, 90_000), new SlowCalls(80, 20, 1_700, 40)], false),
        ("large-heap-and-bulk-file", [new LargeHeap(Content.Pages, 1_400), new BulkFile(Writes: false, 32, 300)], false),
        ("sync-over-async-and-failures", [new SyncOverAsync(Hold.Socket, 3, 60), new FailingCalls(40, 20)], false),
        ("heap-leak-and-failures", [new HeapLeak(Holder.UnboundedCache, 5, 2_000), new FailingCalls(30, 30)], false),
        ("slow-start-and-exceptions", [new SlowStart(random.Any<Preparation>(), random.Between(7, 8), 5), new ExceptionStorm(random.Any<Thrown>(), random.Between(200, 900))], true),
        ("churn-and-slow-calls", [new Churn(random.Any<Lifetime>(), random.Next(250_000, 500_000), InItems: true), new SlowCalls(80, 20, random.Next(1_600, 2_000), 50)], true),
        ("locks-and-chatty-file", [new LockContention(Guarded.RemoteCall, random.Next(4, 8), OnPool: false), new ChattyFile(random.Coin(), random.Next(8, 100), random.Between(80_000, 110_000))], true),
        ("starvation-and-hot-loop", [new PoolStarvation(random.Next(60, 120), random.Next(400, 800)), new HotLoop(random.Any<Computation>(), OnPool: false)], true),
    ];
}
