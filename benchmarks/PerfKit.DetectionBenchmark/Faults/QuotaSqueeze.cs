using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>A service wants more CPU than the quota of the program's control group allows. Fixed: the quota is raised to all cores.</summary>
internal sealed record QuotaSqueeze(Computation Computation, double Quota, int Threads) : Fault
{
    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.CpuThrottled];

    // A quota that is used up is a CPU that is full, for all threads of the program.
    public override IReadOnlyList<BottleneckType> Accompanying => [BottleneckType.CpuIntensive, BottleneckType.ResourceContention];

    // The quota is the program's.
    public override IReadOnlyList<string> Culprits => [Service, Names.Application];

    // A quota that other programs leave no CPU to use up holds nobody back.
    public override double LeastCores => 0.8 * Quota;

    public override IDisposable? Surround() => ControlGroup.Join(IsFixed ? Environment.ProcessorCount : Quota);

    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        Pace.OnThreadsAsync(Threads, () => Computations.Do(Computation), stop);
}
