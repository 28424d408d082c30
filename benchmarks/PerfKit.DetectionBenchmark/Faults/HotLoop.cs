using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>A service that works everything out again and again, on one thread. Fixed: only what has changed, ten times a second.</summary>
internal sealed record HotLoop(Computation Computation, bool OnPool) : Fault
{
    private const double ChangesPerSecond = 10;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.CpuIntensive];

    // Half of what the rule calls too much; with less, other programs kept the fault from being one.
    public override double LeastCores => 0.4;

    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        if (IsFixed)
            return Pace.KeepAsync(ChangesPerSecond, count => Computations.Do(Computation), stop);
        return OnPool
            ? Pace.OnPoolAsync(1, () => Computations.Do(Computation), stop)
            : Pace.OnThreadsAsync(1, () => Computations.Do(Computation), stop);
    }
}
