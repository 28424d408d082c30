using System.Diagnostics;

namespace PerfKit.Instrumentation.Tests;

/// <summary>What is asked of threads while somebody watches who makes whom wait.</summary>
public sealed class WatchedThreadTests
{
    private const int Slices = 60;

    [Fact]
    public void AddServices_whileWatched_knowsManySlicesAndTheirTimes()
    {
        ThreadLedger.BeginWatch();
        try
        {
            var times = new (long From, long Until)[Slices];
            List<ServiceShare> shares = RunOnItsOwnThread("watched", times);

            Assert.Equal(Enumerable.Range(0, Slices).Select(n => ServiceBook.IdOf($"watched.{n}")), shares.Select(share => share.ServiceId));
            for (int n = 0; n < Slices; n++)
                Assert.InRange(shares[n].Ticks, times[n].Until - times[n].From, times[n].Until - times[n].From + Stopwatch.Frequency);
        }
        finally
        {
            ThreadLedger.EndWatch();
        }
    }

    [Fact]
    public void AddServices_ofAStretchWithinASlice_isThatStretch()
    {
        var shares = new List<ServiceShare>();
        using (ServiceContext.Enter("watched.part"))
        {
            long from = Stopwatch.GetTimestamp();
            Spin(from + Milliseconds(2));
            ThreadLedger.AddServices(ThreadClock.CurrentThreadId(), from + 100, from + 700, shares);
            ThreadLedger.AddServices(-5, from + 100, from + 700, shares); // no such thread
        }

        Assert.Equal([new ServiceShare(ServiceBook.IdOf("watched.part"), 600)], shares);
    }

    [Fact]
    public async Task CountPoolThreads_countsThoseThatAServiceHolds()
    {
        using var isIn = new CountdownEvent(2);
        using var isOver = new ManualResetEventSlim();
        Task[] items = new Task[2];
        using (ServiceContext.Enter("watched.pool"))
        {
            for (int i = 0; i < items.Length; i++)
            {
                items[i] = Task.Run(() =>
                {
                    isIn.Signal();
                    isOver.Wait();
                });
            }
        }
        isIn.Wait();
        var held = new int[ServiceBook.MaxPaths];
        ThreadLedger.CountPoolThreads(held);
        isOver.Set();
        await Task.WhenAll(items);

        Assert.Equal(2, held[ServiceBook.IdOf("watched.pool")]);
    }

    [Fact]
    public void ReadAllocated_afterASlice_hasItsBytes()
    {
        int id = ServiceBook.IdOf("watched.bytes");
        var bytes = new long[ServiceBook.MaxPaths];
        ThreadLedger.ReadAllocated(bytes);
        long before = bytes[id];
        using (ServiceContext.Enter("watched.bytes"))
            GC.KeepAlive(new byte[100_000]);

        ThreadLedger.ReadAllocated(bytes);

        Assert.InRange(bytes[id] - before, 100_000, 110_000);
    }

    private static List<ServiceShare> RunOnItsOwnThread(string service, (long From, long Until)[] times)
    {
        var shares = new List<ServiceShare>();
        var thread = new Thread(() =>
        {
            for (int n = 0; n < times.Length; n++)
            {
                using (ServiceContext.Enter($"{service}.{n}"))
                {
                    times[n].From = Stopwatch.GetTimestamp();
                    Spin(times[n].From + Milliseconds(1));
                    times[n].Until = Stopwatch.GetTimestamp();
                }
            }
            ThreadLedger.AddServices(ThreadClock.CurrentThreadId(), times[0].From, Stopwatch.GetTimestamp(), shares);
        });
        thread.Start();
        thread.Join();
        return shares;
    }

    private static long Milliseconds(int milliseconds) => Stopwatch.Frequency / 1_000 * milliseconds;

    private static void Spin(long until)
    {
        while (Stopwatch.GetTimestamp() < until)
            Thread.SpinWait(20);
    }
}
