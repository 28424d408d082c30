using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit.DetectionBenchmark;

/// <summary>
/// A metered operation awaits a remote system that is slow for some or for all. Fixed: after a tenth of a second it answers with less.
/// </summary>
internal sealed record SlowCalls(int Flows, int QuickMilliseconds, int SlowMilliseconds, double SlowPercent) : Fault
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private int _count;

    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.SlowOperation];

    public override IReadOnlyList<string> Culprits => [Operation];

    // The first slow answers have to come, and a hundred operations to end.
    public override TimeSpan Audit => TimeSpan.FromSeconds(8);

    private string Operation => $"{Service}.request";

    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        OperationMeter meter = OperationMeter.Create(Operation);
        return Pace.InFlowsAsync(Flows, () => ServeAsync(meter, premises.Remote), stop);
    }

    private async Task ServeAsync(OperationMeter meter, Remote remote)
    {
        // Every so many, not at random: the share of the slow ones is exact.
        int number = Interlocked.Increment(ref _count);
        bool isSlow = Math.Floor(number * SlowPercent / 100) > Math.Floor((number - 1) * SlowPercent / 100);
        using (meter.Measure())
        {
            Task answer = remote.CallAsync(isSlow ? SlowMilliseconds : QuickMilliseconds);
            if (IsFixed)
                await Task.WhenAny(answer, Task.Delay(Patience));
            else
                await answer;
        }
    }
}
