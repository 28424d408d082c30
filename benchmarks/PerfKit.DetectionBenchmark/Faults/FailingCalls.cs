using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit.DetectionBenchmark;

/// <summary>A metered operation that fails too often, without an exception. Fixed: it no longer does.</summary>
internal sealed record FailingCalls(double PerSecond, double FailedPercent) : Fault
{
    private int _count;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.SlowOperation];

    public override IReadOnlyList<string> Culprits => [Operation];

    private string Operation => $"{Service}.request";

    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        OperationMeter meter = OperationMeter.Create(Operation);
        return Pace.KeepAsync(PerSecond, count => Task.WhenAll(Enumerable.Range(0, count).Select(_ => ServeAsync(meter, premises.Remote))), stop);
    }

    private async Task ServeAsync(OperationMeter meter, Remote remote)
    {
        int number = Interlocked.Increment(ref _count);
        bool fails = !IsFixed && Math.Floor(number * FailedPercent / 100) > Math.Floor((number - 1) * FailedPercent / 100);
        using OperationScope operation = meter.Measure();
        await remote.CallAsync(5);
        if (fails)
            operation.Fail();
    }
}
