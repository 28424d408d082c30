using System.Diagnostics;

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

    private static void SpinFor(TimeSpan time)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
            Thread.SpinWait(50);
    }
}
