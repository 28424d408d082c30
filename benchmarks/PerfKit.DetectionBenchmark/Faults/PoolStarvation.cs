using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>
/// Requests come at a rate that would need more pool threads than there are, because each holds one while a remote system works.
/// Fixed: they await.
/// </summary>
internal sealed record PoolStarvation(int RequestsPerSecond, int Milliseconds) : Fault
{
    // A thread that is held is a blocking operation: here the one is how the other comes about.
    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.ThreadPoolStarvation, BottleneckType.BlockingOperation];

    // Whatever is metered waits for a thread too.
    public override IReadOnlyList<BottleneckType> Accompanying => [BottleneckType.SlowOperation];

    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        // The requests come from outside, so that a starved pool does not slow them down.
        return Task.Factory.StartNew(() => Arrive(premises.Remote, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Arrive(Remote remote, CancellationToken stop)
    {
        while (!stop.WaitHandle.WaitOne(1000 / RequestsPerSecond))
        {
            if (IsFixed)
                _ = Task.Run(() => remote.CallAsync(Milliseconds), CancellationToken.None);
            else
                _ = Task.Run(() => CallUnless(remote, stop), CancellationToken.None);
        }
    }

    // At the end the queue must drain.
    private void CallUnless(Remote remote, CancellationToken stop)
    {
        if (!stop.IsCancellationRequested)
            remote.Call(Milliseconds);
    }
}
