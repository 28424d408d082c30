using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace PerfKit.Sampling.Tests;

/// <summary>Real threads at a real lock, and the runtime's own events.</summary>
public sealed class LockReaderTests
{
    [Fact]
    public void Sample_whileThreadsWaitForALock_tellsHowMany()
    {
        using var sampler = new ResourceSampler();
        sampler.Sample();
        object gate = new();
        bool isOver = false;
        Thread[] threads = new Thread[3];
        double most = 0;
        Monitor.Enter(gate);
        try
        {
            for (int i = 0; i < threads.Length; i++)
                (threads[i] = new Thread(Contend) { IsBackground = true }).Start();

            // Each round every thread but the one that has it waits; the reader listens from the first contention that it sees.
            for (var clock = Stopwatch.StartNew(); most < 1.5 && clock.Elapsed < TimeSpan.FromSeconds(30);)
            {
                Monitor.Exit(gate);
                Thread.Yield();
                Monitor.Enter(gate);
                SpinFor(TimeSpan.FromMilliseconds(60));
                most = Math.Max(most, sampler.Sample().LockWaitThreads ?? 0);
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            Monitor.Exit(gate);
        }
        foreach (Thread thread in threads)
            thread.Join();

        Assert.InRange(most, 1.5, 50); // other tests contend too

        void Contend()
        {
            while (!Volatile.Read(ref isOver))
            {
                lock (gate)
                    SpinFor(TimeSpan.FromMilliseconds(1));
            }
        }
    }

    [Fact]
    public void Read_aFewTimesInQuickSuccessionAfterAContention_listensOn()
    {
        using var reader = new LockReader(new UnavailableFigures());
        TimeSpan Watched()
        {
            var reading = new ResourceReading();
            reader.Read(ref reading);
            return reading.LockWatched;
        }
        Watched();
        Contend(() => { });
        for (int i = 0; i < 30; i++) // a fraction of a second, at the shortest interval
            Watched();
        TimeSpan before = Watched();
        SpinFor(TimeSpan.FromMilliseconds(5));

        Assert.True(Watched() > before);
    }

    [Fact]
    public void Listener_begunInsideAFlow_hearsOutsideOfIt()
    {
        var mine = new AsyncLocal<string?> { Value = "mine" };
        using var heard = new ManualResetEventSlim();
        string? seen = "nothing";
        using var listener = new Hearing(() =>
        {
            seen = mine.Value;
            heard.Set();
        });
        listener.Begin();
        for (var clock = Stopwatch.StartNew(); !heard.IsSet && clock.Elapsed < TimeSpan.FromSeconds(30);)
            Contend(() => SpinFor(TimeSpan.FromMilliseconds(2)));

        Assert.Null(seen);
    }

    // One thread waits for a lock that this one has, until the runtime has counted it.
    private static void Contend(Action meanwhile)
    {
        object gate = new();
        long before = Monitor.LockContentionCount;
        Thread waiter;
        lock (gate)
        {
            (waiter = new Thread(() => { lock (gate) { } }) { IsBackground = true }).Start();
            for (var clock = Stopwatch.StartNew(); Monitor.LockContentionCount == before && clock.Elapsed < TimeSpan.FromSeconds(30);)
                Thread.Yield();
            meanwhile();
        }
        waiter.Join();
    }

    private sealed class Hearing(Action heard) : ContentionListener
    {
        public void Begin() => Listen();

        protected override void WaitBegan(EventWrittenEventArgs wait, ulong lockId, long owner) => heard();

        protected override void WaitEnded(EventWrittenEventArgs wait, TimeSpan duration)
        {
        }
    }

    private static void SpinFor(TimeSpan time)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
            Thread.SpinWait(50);
    }
}
