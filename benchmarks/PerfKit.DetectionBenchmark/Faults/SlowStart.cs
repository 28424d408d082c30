using System.Diagnostics;
using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>What a start waits for.</summary>
internal enum Preparation
{
    /// <summary>Building an index in memory.</summary>
    Computation,

    /// <summary>A remote system, awaited, one call after another.</summary>
    AwaitedCalls,

    /// <summary>The same on a thread that it holds.</summary>
    BlockingCalls,
}

/// <summary>
/// One service's start is most of the application's. Fixed: as for an optional service, it becomes ready after the application.
/// </summary>
internal sealed record SlowStart(Preparation Preparation, double Seconds, int Steps) : Fault
{
    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.StartupSlow];

    public override TimeSpan Audit => TimeSpan.FromSeconds(1);

    public override Task StartAsync(Premises premises) => IsFixed ? Task.CompletedTask : PrepareAsync(premises);

    public override Task RunAsync(Premises premises, CancellationToken stop) => IsFixed ? PrepareAsync(premises) : Task.CompletedTask;

    private async Task PrepareAsync(Premises premises)
    {
        long began = Stopwatch.GetTimestamp();
        for (int step = 1; step <= Steps; step++)
        {
            switch (Preparation)
            {
                case Preparation.Computation:
                    while (Stopwatch.GetElapsedTime(began).TotalSeconds < Seconds * step / Steps)
                        Computations.Do(Computation.Parse);
                    break;
                case Preparation.AwaitedCalls:
                    await premises.Remote.CallAsync((int)(Seconds * 1000 / Steps));
                    break;
                default:
                    premises.Remote.Call((int)(Seconds * 1000 / Steps));
                    break;
            }
        }
    }
}
