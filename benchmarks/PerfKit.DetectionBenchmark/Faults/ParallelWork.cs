using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>A service that works everything out again and again, on all cores. Fixed: only what has changed, ten times a second.</summary>
internal sealed record ParallelWork(Computation Computation, int Threads) : Fault
{
    private const double ChangesPerSecond = 10;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.CpuIntensive];

    // As many threads as cores or more, all of them running: whoever else wants a core has to wait for one.
    public override IReadOnlyList<BottleneckType> Accompanying => [BottleneckType.ResourceContention];

    // Half of what the rule calls too much of one core; with less, other programs kept the fault from being one.
    public override double LeastCores => 0.4;

    public override Task RunAsync(Premises premises, CancellationToken stop) => IsFixed
        ? Pace.KeepAsync(ChangesPerSecond, count => Computations.Do(Computation), stop)
        : Pace.OnThreadsAsync(Threads, () => Computations.Do(Computation), stop);
}

/// <summary>Such a service beside another of its kind: both want more CPU than there is. Fixed as above.</summary>
internal sealed record CompetingWork(Computation Computation, int Threads) : Fault
{
    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.CpuIntensive, BottleneckType.ResourceContention];

    // Of a program that does not fill its cores nobody can tell whether it would compete with itself, had others left them to it.
    public override double LeastCores => 0.85 * Environment.ProcessorCount;

    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        new ParallelWork(Computation, Threads) { Service = Service, IsFixed = IsFixed }.RunAsync(premises, stop);
}
