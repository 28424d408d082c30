using System.Diagnostics;

namespace PerfKit.DetectionBenchmark;

/// <summary>
/// Waits for other programs of the machine to leave a part of the CPU, before a case begins: a program that gets none has no fault
/// that could be found. When that takes too long the case begins all the same.
/// </summary>
internal sealed class Elbowroom
{
    // Of all cores, so much this program must be able to get.
    private const double LeastShare = 0.4;

    private static readonly TimeSpan Trial = TimeSpan.FromMilliseconds(100), Pause = TimeSpan.FromSeconds(1), MostInAll = TimeSpan.FromMinutes(5);

    /// <summary>How long was waited so far.</summary>
    public TimeSpan Waited { get; private set; }

    public async Task WaitAsync()
    {
        long began = Stopwatch.GetTimestamp();
        while (Waited + Stopwatch.GetElapsedTime(began) < MostInAll && ShareToBeHad() < LeastShare)
            await Task.Delay(Pause);
        Waited += Stopwatch.GetElapsedTime(began);
    }

    private static double ShareToBeHad()
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (Stopwatch.GetElapsedTime(began) < Trial)
                Thread.SpinWait(100);
        });
        return (Environment.CpuUsage.TotalTime - before) / (Stopwatch.GetElapsedTime(began) * Environment.ProcessorCount);
    }
}
