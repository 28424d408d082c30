using System.Diagnostics;

namespace PerfKit.OverheadBenchmark;

/// <summary>How much of the CPU that it asked for this process got: below one, something else ran on its cores.</summary>
internal sealed class CpuShare
{
    /// <summary>From here on the cores count as free.</summary>
    private const double Free = 0.97;

    private TimeSpan _used;
    private TimeSpan _wanted;

    public double Value => _wanted == TimeSpan.Zero ? 0 : _used / _wanted;

    public bool IsFree => Value >= Free;

    /// <summary>Runs what keeps so many threads busy from its beginning to its end.</summary>
    public T Of<T>(int threads, Func<T> work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        T result = work();
        _wanted += Stopwatch.GetElapsedTime(began) * threads;
        _used += Environment.CpuUsage.TotalTime - before;
        return result;
    }
}
