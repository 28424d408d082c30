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
/// One service's start is most of the application's. Fixed: it computes a tenth before it is ready, or makes all its calls at once.
/// </summary>
internal sealed record SlowStart(Preparation Preparation, double Seconds, int Steps) : Fault
{
    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.StartupSlow];

    public override TimeSpan Audit => TimeSpan.FromSeconds(1);

    private int MillisecondsAStep => (int)(Seconds * 1000 / Steps);

    public override async Task StartAsync(Premises premises)
    {
        switch (Preparation)
        {
            case Preparation.Computation:
                long began = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(began).TotalSeconds < (IsFixed ? Seconds / 10 : Seconds))
                    Computations.Do(Computation.Parse);
                break;
            case var _ when IsFixed:
                await Task.WhenAll(Enumerable.Range(0, Steps).Select(_ => premises.Remote.CallAsync(MillisecondsAStep)));
                break;
            case Preparation.AwaitedCalls:
                for (int step = 0; step < Steps; step++)
                    await premises.Remote.CallAsync(MillisecondsAStep);
                break;
            default:
                for (int step = 0; step < Steps; step++)
                    premises.Remote.Call(MillisecondsAStep);
                break;
        }
    }
}
