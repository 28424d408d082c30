using PerfKit.Analysis;

namespace PerfKit.DetectionBenchmark;

/// <summary>How a pool thread is held.</summary>
internal enum Hold
{
    /// <summary><c>.Result</c> of an asynchronous call.</summary>
    Result,

    /// <summary>A synchronous call to a remote system.</summary>
    Socket,

    /// <summary>Waiting for a place among few.</summary>
    Semaphore,
}

/// <summary>A few flows hold pool threads while a remote system works. Fixed: they await.</summary>
internal sealed record SyncOverAsync(Hold Hold, int Flows, int Milliseconds) : Fault
{
    public override IReadOnlyList<BottleneckType> Injected => [BottleneckType.BlockingOperation];

    // The pool begins with a thread a core: those who hold them leave fewer, or none, to others until it has grown, and everyone's
    // requests come late. Flows that wait for a place that another one has compete for it.
    public override IReadOnlyList<BottleneckType> Accompanying =>
    [
        BottleneckType.ThreadPoolStarvation, BottleneckType.SlowOperation,
        .. Hold == Hold.Semaphore ? [BottleneckType.ResourceContention] : Array.Empty<BottleneckType>(),
    ];

    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        using var places = new SemaphoreSlim(1);
        await (IsFixed
            ? Pace.InFlowsAsync(Flows, () => AskAsync(premises.Remote, places), stop)
            : Pace.OnPoolAsync(Flows, () => Ask(premises.Remote, places), stop));
    }

    private void Ask(Remote remote, SemaphoreSlim places)
    {
        switch (Hold)
        {
            case Hold.Result:
                remote.CallAsync(Milliseconds).GetAwaiter().GetResult();
                break;
            case Hold.Socket:
                remote.Call(Milliseconds);
                break;
            default:
                places.Wait();
                remote.Call(Milliseconds);
                places.Release();
                break;
        }
    }

    private async Task AskAsync(Remote remote, SemaphoreSlim places)
    {
        if (Hold == Hold.Semaphore)
            await places.WaitAsync();
        await remote.CallAsync(Milliseconds);
        if (Hold == Hold.Semaphore)
            places.Release();
    }
}
