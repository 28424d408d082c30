using PerfKit.Instrumentation;

namespace PerfKit.WaitsBenchmark;

/// <summary>Two services block the pool's threads, one with three times as many work items: is it blamed in that proportion?</summary>
internal static class PoolBlame
{
    private const double True = 0.75, Tolerance = 0.15;

    public static async Task<Verdict> MeasureAsync(int seconds)
    {
        using WaitObservation watch = WaitWatch.Shared.Observe(isAsking: true);
        var stop = new ManualResetEventSlim();
        int items = Environment.ProcessorCount * 12;
        for (int i = 0; i < items; i++)
        {
            using (ServiceContext.Enter(i % 4 == 3 ? "mail" : "imaging"))
                _ = Task.Run(() => stop.Wait(TimeSpan.FromSeconds(60)));
        }
        await Task.Factory.StartNew(() => Thread.Sleep(TimeSpan.FromSeconds(seconds)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        stop.Set();
        WaitTable table = watch.Finish()!;

        Console.WriteLine($"Delay of queued work, {items} blocking work items, three of four of imaging");
        double share = Blames.Print(table, WaitKind.ThreadPool, "imaging", ["imaging", "mail"]);
        return new Verdict("delay of queued work: imaging's part of what both are blamed for", Print.Text($"{share:P0}"), Print.Text($"{True:P0} within {100 * Tolerance:0} points"), Math.Abs(share - True) <= Tolerance)
        {
            IsExact = true,
        };
    }
}
