using System.Diagnostics;

namespace PerfKit.DetectionBenchmark;

/// <summary>Gives work a rate, so that a fault has a size and its fix has the same load.</summary>
internal static class Pace
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    /// <summary>Does as many pieces at each tick as the rate asks for, and catches up with what a busy machine delayed, a second at most.</summary>
    /// <param name="perSecond">Pieces a second.</param>
    /// <param name="work">Does so many.</param>
    /// <param name="stop">Ends it.</param>
    public static Task KeepAsync(double perSecond, Action<int> work, CancellationToken stop) => KeepAsync(
        perSecond,
        count =>
        {
            work(count);
            return Task.CompletedTask;
        },
        stop);

    /// <summary>Likewise for work that awaits.</summary>
    public static async Task KeepAsync(double perSecond, Func<int, Task> work, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick);
        long began = Stopwatch.GetTimestamp();
        double done = 0;
        while (await WaitAsync(timer, stop))
        {
            double due = Math.Floor(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond);
            int count = (int)Math.Min(due - done, Math.Max(perSecond, 1));
            done = due;
            if (count > 0)
                await work(count);
        }
    }

    /// <summary>Work that goes on without a pause on threads of its own, as a loop in a library does. A call that returns is made again.</summary>
    public static Task OnThreadsAsync(int threads, Action work, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, threads).Select(
        _ => Task.Factory.StartNew(() => Repeat(work, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    /// <summary>The same on threads of the pool.</summary>
    public static Task OnPoolAsync(int flows, Action work, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, flows).Select(_ => Task.Run(() => Repeat(work, stop), CancellationToken.None)));

    /// <summary>The same as flows that await.</summary>
    public static Task InFlowsAsync(int flows, Func<Task> work, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, flows).Select(
        _ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                    await work();
            },
            CancellationToken.None)));

    private static void Repeat(Action work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            work();
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
