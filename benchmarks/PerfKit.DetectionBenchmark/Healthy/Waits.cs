using System.Collections.Concurrent;

namespace PerfKit.DetectionBenchmark;

/// <summary>Threads of its own wait for items that come now and then.</summary>
internal sealed record OwnThreads(int Threads) : Workload
{
    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        using var items = new BlockingCollection<int>();
        Task working = Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                foreach (int item in items.GetConsumingEnumerable())
                    Thread.SpinWait(item);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        await Pace.KeepAsync(20, count => items.Add(count * 1_000), stop);
        items.CompleteAdding();
        await working;
    }
}

/// <summary>A pool thread is held for a moment now and then.</summary>
internal sealed record BriefHolds(double PerSecond, int Milliseconds) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        Pace.KeepAsync(PerSecond, count => premises.Remote.Call(Milliseconds), stop);
}

/// <summary>A lock that is taken often and held for next to nothing, by a few threads.</summary>
internal sealed record QuickLock(int Threads, double PerSecond) : Workload
{
    private readonly Lock _lock = new();
    private long _sum;

    public override Task RunAsync(Premises premises, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() => Pace.KeepAsync(PerSecond / Threads, Add, stop), CancellationToken.None)));

    private void Add(int count)
    {
        for (int i = 0; i < count; i++)
        {
            lock (_lock)
                _sum += i;
        }
    }
}
