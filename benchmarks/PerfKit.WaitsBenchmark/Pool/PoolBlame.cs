using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.WaitsBenchmark;

/// <summary>
/// Two services block the pool's threads, one with three times as many work items: is the delay of other work divided as the threads
/// that they held?
/// </summary>
internal static class PoolBlame
{
    private const double Tolerance = 0.05;
    private const int Threads = 16;

    public static async Task<Verdict> MeasureAsync(int seconds)
    {
        ThreadPool.GetMinThreads(out int least, out int completion);
        ThreadPool.SetMinThreads(Threads, completion);
        using WaitObservation watch = WaitWatch.Shared.Observe(isAsking: true);
        using var stop = new ManualResetEventSlim();
        long[] held = new long[2]; // by the items themselves
        Task[] items = new Task[4 * Threads];
        for (int i = 0; i < items.Length; i++)
        {
            bool isMail = i % 4 == 3;
            using (ServiceContext.Enter(isMail ? "mail" : "imaging"))
            {
                items[i] = Task.Run(() =>
                {
                    long since = Stopwatch.GetTimestamp();
                    stop.Wait();
                    Interlocked.Add(ref held[isMail ? 1 : 0], Stopwatch.GetTimestamp() - since);
                });
            }
        }
        await Task.Factory.StartNew(() => Thread.Sleep(TimeSpan.FromSeconds(seconds)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        stop.Set();
        WaitTable table = watch.Finish()!;
        await Task.WhenAll(items);
        ThreadPool.SetMinThreads(least, completion);

        double truth = (double)held[0] / (held[0] + held[1]);
        Print.Line($"Delay of queued work: imaging held {truth:P1} of the threads' time that both held");
        double share = Blames.Print(table, WaitKind.ThreadPool, "imaging", ["imaging", "mail"]);
        return new Verdict("delay of queued work: imaging's part of what both are blamed for", Print.Text($"{share:P1}"), Print.Text($"{truth:P1} within {100 * Tolerance:0} points"), Math.Abs(share - truth) <= Tolerance)
        {
            IsExact = true,
        };
    }
}
