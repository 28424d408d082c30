using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PerfKit.DetectionBenchmark;

/// <summary>Legitimate work for a part of a core.</summary>
internal sealed record PartOfACore(Computation Computation, double Cores) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(
        50,
        count =>
        {
            // What a busy machine delayed is not caught up: the share is never more.
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began).TotalMilliseconds < Cores * 20)
                Computations.Do(Computation);
        },
        stop);
}

/// <summary>All cores are used for a moment, once.</summary>
internal sealed record CpuBurst(double Seconds) : Workload
{
    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await premises.Remote.CallAsync(1500, CancellationToken.None);
        over.CancelAfter(TimeSpan.FromSeconds(Seconds));
        await Pace.OnThreadsAsync(Environment.ProcessorCount, () => Computations.Do(Computation.Sort), over.Token);
    }
}

/// <summary>Code that runs for the first time: patterns are compiled, one after another.</summary>
internal sealed record WarmingUp(int Patterns) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop)
    {
        for (int i = 0; i < Patterns && !stop.IsCancellationRequested; i++)
            _ = new Regex($"^(item|part) {i}: ([a-z]+)-\\d{{{i % 9}}}(x|y)*$", RegexOptions.Compiled).IsMatch("item 7: tea-12x");
        return Task.CompletedTask;
    }
}

/// <summary>Many short pieces of work at once, as after a cache was emptied; it is over in a moment.</summary>
internal sealed record PoolBurst(int Items) : Workload
{
    public override Task RunAsync(Premises premises, CancellationToken stop) => Pace.KeepAsync(
        0.5, _ => Task.WhenAll(Enumerable.Range(0, Items).Select(i => Task.Run(() => Computations.Do(Computation.Parse), CancellationToken.None))), stop);
}

/// <summary>Other programs of the machine want all of its cores. This one has little to do.</summary>
internal sealed record BusyNeighbor : Workload
{
    public override async Task RunAsync(Premises premises, CancellationToken stop)
    {
        using Process neighbor = Self.Start([Self.NeighborCommand]);
        try
        {
            await neighbor.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            neighbor.Kill();
        }
    }

    /// <summary>What the neighbor does: it ends by itself if nobody ends it.</summary>
    public static void Run()
    {
        long began = Stopwatch.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (Stopwatch.GetElapsedTime(began).TotalSeconds < 30)
                Computations.Do(Computation.Sort);
        });
    }
}
