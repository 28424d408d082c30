namespace PerfKit.DetectionBenchmark;

/// <summary>
/// The kinds of fault. Sizes begin at about one and a half times the default limit of the rule that should find them: what is
/// judged is whether a verdict is right, not how sharp a limit is.
/// </summary>
internal static class FaultKinds
{
    private static readonly int Cores = Environment.ProcessorCount;

    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("slow-start",
            [new SlowStart(Preparation.Computation, 7, 1), new SlowStart(Preparation.AwaitedCalls, 8, 4), new SlowStart(Preparation.BlockingCalls, 7.5, 30)],
            random => new SlowStart(random.Any<Preparation>(), random.Between(7, 9), random.Next(1, 40))),

        new("hot-loop",
            [new HotLoop(Computation.Parse, OnPool: false), new HotLoop(Computation.Search, OnPool: true), new HotLoop(Computation.Hash, OnPool: false)],
            random => new HotLoop(random.Any<Computation>(), random.Coin())) { Selection = CaseSelection.Short },

        // Two services, each of which would take all cores.
        new("competing-services",
            [new CompetingWork(Computation.Sort, Cores), new CompetingWork(Computation.Hash, Cores * 2), new CompetingWork(Computation.Parse, Cores + 1)],
            random => new CompetingWork(random.Any<Computation>(), random.Next(Cores, (Cores * 2) + 1))) { Selection = CaseSelection.None, IsDoubled = true },

        new("parallel-work",
            [new ParallelWork(Computation.Sort, Cores), new ParallelWork(Computation.Hash, Cores * 2), new ParallelWork(Computation.Parse, Cores + 1)],
            random => new ParallelWork(random.Any<Computation>(), random.Next(Cores, (Cores * 3) + 1))) { Selection = CaseSelection.None },

        new("heap-leak",
            [new HeapLeak(Holder.StaticList, 6, 2_000), new HeapLeak(Holder.UnboundedCache, 3, 500), new HeapLeak(Holder.Registrations, 4, 4_000)],
            random => new HeapLeak(random.Any<Holder>(), random.Between(2, 6), random.Next(200, 8_000))),

        new("native-leak",
            [new NativeLeak(NativeMemoryKind.Allocated, 4, 64 << 10), new NativeLeak(NativeMemoryKind.Allocated, 2, 4 << 10), new NativeLeak(NativeMemoryKind.Threads, 2, 128 << 10)],
            random => new NativeLeak(random.Any<NativeMemoryKind>(), random.Between(1.5, 5), random.Next(32 << 10, 256 << 10))) { Selection = CaseSelection.None },

        new("large-heap",
            [new LargeHeap(Content.LargeArrays, 1_600), new LargeHeap(Content.Pages, 1_500), new LargeHeap(Content.SmallObjects, 1_400)],
            random => new LargeHeap(random.Any<Content>(), random.Next(1_400, 2_000))),

        new("allocation-churn",
            [new Churn(Lifetime.Queue, 400_000, InItems: true), new Churn(Lifetime.Rebuilt, 300_000, InItems: false), new Churn(Lifetime.Tree, 300_000, InItems: true)],
            random => new Churn(random.Any<Lifetime>(), random.Next(250_000, 700_000), random.Coin())),

        new("chatty-file",
            [new ChattyFile(Writes: false, 64, 90_000), new ChattyFile(Writes: true, 16, 100_000), new ChattyFile(Writes: false, 1, 140_000)],
            random => new ChattyFile(random.Coin(), random.Next(1, 200), random.Between(80_000, 150_000))) { Selection = CaseSelection.Short },

        new("bulk-file",
            [new BulkFile(Writes: false, 64, 300), new BulkFile(Writes: true, 8, 180), new BulkFile(Writes: false, 16, 600)],
            random => random.Coin()
                ? new BulkFile(Writes: false, random.Next(8, 128), random.Between(200, 800))
                : new BulkFile(Writes: true, random.Next(4, 12), random.Between(160, 250))) { Selection = CaseSelection.None },

        new("sync-over-async",
            [new SyncOverAsync(Hold.Result, 3, 40), new SyncOverAsync(Hold.Socket, 2, 100), new SyncOverAsync(Hold.Semaphore, 5, 20)],
            random => new SyncOverAsync(random.Any<Hold>(), random.Next(2, 8), random.Next(10, 300))) { Selection = CaseSelection.Short },

        new("pool-starvation",
            [new PoolStarvation(80, 400), new PoolStarvation(40, 900), new PoolStarvation(200, 250)],
            random => new PoolStarvation(random.Next(60, 150), random.Next(400, 900))),

        new("lock-contention",
            [new LockContention(Guarded.RemoteCall, 6, OnPool: false), new LockContention(Guarded.Computation, 4, OnPool: false), new LockContention(Guarded.File, 5, OnPool: true)],
            random => new LockContention(random.Any<Guarded>(), random.Next(4, 10), random.Coin())),

        new("exception-storm",
            [new ExceptionStorm(Thrown.Parse, 300), new ExceptionStorm(Thrown.DeepInTheStack, 500), new ExceptionStorm(Thrown.AcrossAwaits, 250)],
            random => new ExceptionStorm(random.Any<Thrown>(), random.Between(180, 1_200))) { Selection = CaseSelection.Short },

        new("slow-calls",
            [new SlowCalls(60, 40, 1_600, 100), new SlowCalls(80, 30, 2_200, 10), new SlowCalls(100, 20, 1_800, 30)],
            random => new SlowCalls(random.Next(60, 120), random.Next(10, 60), random.Next(1_500, 2_500), random.Between(8, 60))),

        new("failing-calls",
            [new FailingCalls(60, 25), new FailingCalls(20, 60), new FailingCalls(200, 10)],
            random => new FailingCalls(random.Between(20, 200), random.Between(9, 80))) { Selection = CaseSelection.Short },

        new("cpu-quota",
            [new QuotaSqueeze(Computation.Parse, 0.5, 2), new QuotaSqueeze(Computation.Sort, 0.4, 3), new QuotaSqueeze(Computation.Hash, 0.5, 4)],
            random => new QuotaSqueeze(random.Any<Computation>(), random.Between(0.4, 0.55), random.Next(2, 5))) { Selection = CaseSelection.None, NeedsControlGroup = true },
    ];
}
