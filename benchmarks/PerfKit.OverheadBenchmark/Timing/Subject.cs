using System.Diagnostics;

namespace PerfKit.OverheadBenchmark;

/// <summary>Something to measure: a loop over one operation, run so many times.</summary>
internal sealed class Subject(string name, Action<int> run)
{
    private bool _isWarm;

    public string Name => name;

    /// <summary>Iterations that take about as long as a slice.</summary>
    public int Iterations { get; private set; } = 64;

    public void Run(int iterations) => run(iterations);

    /// <summary>Runs for one slice.</summary>
    /// <returns>Nanoseconds of one operation.</returns>
    public double RunSlice()
    {
        long before = Stopwatch.GetTimestamp();
        run(Iterations);
        return Stopwatch.GetElapsedTime(before).TotalNanoseconds / Iterations;
    }

    /// <summary>Runs until the compiler has done its best, then finds how many iterations fill a slice.</summary>
    public void WarmUp(TimeSpan slice)
    {
        if (_isWarm)
            return;
        _isWarm = true;
        for (int tier = 0; tier < 5; tier++)
        {
            for (int call = 0; call < 100; call++)
                run(64);
            Thread.Sleep(150); // the compiler waits 100 ms for calls to stop before it compiles anew
        }
        double nanoseconds = double.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            Iterations = 20_000;
            nanoseconds = Math.Min(nanoseconds, RunSlice());
        }
        Iterations = (int)Math.Clamp(slice.TotalNanoseconds / nanoseconds, 100, 100_000_000);
    }

    /// <summary>Managed bytes of one operation: the least of a few runs, because a duration of a magnitude that was not seen before allocates once.</summary>
    public double Allocated()
    {
        run(1_000);
        return Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run(10_000);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0;
        });
    }
}
