using System.Diagnostics;

namespace PerfKit.DetectionBenchmark;

/// <summary>
/// What other programs of the machine leave of its CPUs. A program that gets none has no fault that could be found, so a case waits for
/// room before it begins, not for long; and where there was none right before or right after, it is set aside.
/// </summary>
internal sealed class Elbowroom
{
    /// <summary>Of all cores, so much this program must be able to get for a case to be judged.</summary>
    public const double LeastShare = 0.3;

    private const double WantedShare = 0.5;

    private static readonly TimeSpan Trial = TimeSpan.FromMilliseconds(100), Pause = TimeSpan.FromSeconds(1), MostACase = TimeSpan.FromSeconds(20), MostInAll = TimeSpan.FromMinutes(5);

    /// <summary>How long was waited so far.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Waits for room, up to a limit.</summary>
    /// <returns>The share that is to be had now.</returns>
    public async Task<double> WaitAsync()
    {
        long began = Stopwatch.GetTimestamp();
        double share;
        while ((share = ShareToBeHad()) < WantedShare && Stopwatch.GetElapsedTime(began) is var waited && waited < MostACase && Waited + waited < MostInAll)
            await Task.Delay(Pause);
        Waited += Stopwatch.GetElapsedTime(began);
        return share;
    }

    /// <summary>What this program can get, of all cores, by trying for a moment.</summary>
    public static double ShareToBeHad()
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
