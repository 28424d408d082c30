namespace PerfKit.Analysis;

/// <summary>One kind of bottleneck can bring about another, under a condition.</summary>
/// <param name="Cause">The type that comes first.</param>
/// <param name="Effect">The type that follows from it.</param>
/// <param name="Holds">Whether this cause can have brought about this effect.</param>
internal sealed record CauseRule(BottleneckType Cause, BottleneckType Effect, Func<Bottleneck, Bottleneck, Observations, bool> Holds)
{
    // Reckoned with for a short read or write call, not measured here.
    private const double SecondsPerCall = 1e-6;

    // What explains half of a figure counts as its cause.
    private const double NotableShare = 0.5;

    /// <summary>All of them. Followed from cause to effect they never lead back, so every chain ends.</summary>
    public static IReadOnlyList<CauseRule> All { get; } =
    [
        // Memory that is kept fills the heap; a full heap is collected over and over.
        new(BottleneckType.MemoryLeak, BottleneckType.MemoryPressure, Always),
        new(BottleneckType.MemoryLeak, BottleneckType.GcPressure, OfSameServiceOrProcess),

        // Synchronous I/O holds the thread that it is made on, and many small calls keep the kernel busy.
        new(BottleneckType.IoBound, BottleneckType.BlockingOperation, OfSameService),
        new(BottleneckType.IoBound, BottleneckType.CpuIntensive, (cause, effect, _) =>
            OfSameService(cause, effect) && Rate(cause, "I/O calls") * SecondsPerCall >= NotableShare * Cores(effect)),

        // A pool whose threads are held has none left.
        new(BottleneckType.BlockingOperation, BottleneckType.ThreadPoolStarvation, OfSameServiceOrProcess),

        // A thread that waits for a lock is held; but a lock that few of a service wait for does not explain many that it holds.
        new(BottleneckType.ResourceContention, BottleneckType.BlockingOperation, (cause, effect, observations) =>
            LockContention.IsOfLock(cause) && LockContention.ThreadsIn(effect.Service, cause, observations) >= NotableShare * effect.Evidence[0].Value),
        new(BottleneckType.ResourceContention, BottleneckType.ThreadPoolStarvation, (cause, effect, observations) =>
            LockContention.IsOfLock(cause) && OfSameServiceOrProcess(cause, effect, observations)),

        // Who allocates so much that collections stop the process is busy with allocating.
        new(BottleneckType.GcPressure, BottleneckType.CpuIntensive, OfSameServiceOrProcess),
        new(BottleneckType.ExceptionStorm, BottleneckType.CpuIntensive, (cause, effect, observations) =>
            OfSameServiceOrProcess(cause, effect, observations) && Rate(cause, "exceptions") * ExceptionStormDetector.SecondsPerException >= NotableShare * Cores(effect)),

        new(BottleneckType.CpuIntensive, BottleneckType.CpuThrottled, Always),

        // Services compete for CPUs because one of them, or all, keep them busy.
        new(BottleneckType.CpuIntensive, BottleneckType.ResourceContention, (_, effect, _) => !LockContention.IsOfLock(effect)),

        // What stops the whole process slows every operation; what one service does, its own. Why operations fail, none of it tells.
        Slows(BottleneckType.GcPressure, Always),
        Slows(BottleneckType.ThreadPoolStarvation, Always),
        Slows(BottleneckType.CpuThrottled, Always),
        Slows(BottleneckType.ResourceContention, (cause, effect, _) => !LockContention.IsOfLock(cause) || OfSameService(cause, effect)),
        Slows(BottleneckType.MemoryPressure, OfSameService),
        Slows(BottleneckType.BlockingOperation, OfSameService),
        Slows(BottleneckType.CpuIntensive, OfSameService),
        Slows(BottleneckType.IoBound, OfSameService),
    ];

    private static CauseRule Slows(BottleneckType cause, Func<Bottleneck, Bottleneck, Observations, bool> holds) => new(
        cause, BottleneckType.SlowOperation, (found, effect, observations) => !SlowOperationDetector.IsOfFailures(effect) && holds(found, effect, observations));

    private static bool Always(Bottleneck cause, Bottleneck effect, Observations observations) => true;

    private static bool OfSameService(Bottleneck cause, Bottleneck effect, Observations observations) => OfSameService(cause, effect);

    private static bool OfSameService(Bottleneck cause, Bottleneck effect) => cause.Service == effect.Service;

    private static bool OfSameServiceOrProcess(Bottleneck cause, Bottleneck effect, Observations observations) =>
        OfSameService(cause, effect) || effect.Service == observations.Application || cause.Service == observations.Application;

    private static double Rate(Bottleneck bottleneck, string measure) => bottleneck.Evidence
        .LastOrDefault(evidence => evidence.Unit == MeasureUnit.CountPerSecond && evidence.Measure.StartsWith(measure, StringComparison.Ordinal))?.Value ?? 0;

    private static double Cores(Bottleneck bottleneck) =>
        bottleneck.Evidence.FirstOrDefault(evidence => evidence.Unit == MeasureUnit.Cores)?.Value ?? double.MaxValue;
}
