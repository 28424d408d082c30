using System.Diagnostics;

namespace PerfKit.OverheadBenchmark;

/// <summary>Something to measure: a loop over one operation, run so many times.</summary>
internal sealed class Subject(string name, Action<int> run)
{
    private const int Tiers = 12; // there are four, and methods that call each other climb one after another

    private static readonly ExecutionContext Clean = ExecutionContext.Capture()!;

    private bool _isWarm;
    private int _next;

    public string Name => name;

    /// <summary>Iterations that take about as long as a slice.</summary>
    public int Iterations { get; private set; } = 64;

    public void Run(int iterations)
    {
        _next = iterations;
        // What it leaves in its flow is gone with it: a flow that carries more is dearer to change, for whoever comes next.
        ExecutionContext.Run(Clean, static state => ((Subject)state!).RunHere(), this);
    }

    /// <summary>Runs for one slice.</summary>
    /// <returns>Nanoseconds of one operation.</returns>
    public double RunSlice()
    {
        long before = Stopwatch.GetTimestamp();
        Run(Iterations);
        return Stopwatch.GetElapsedTime(before).TotalNanoseconds / Iterations;
    }

    /// <summary>
    /// Runs subjects until the compiler has done its best for them all, then finds how many iterations fill a slice. They run by turns, as
    /// they will be measured: what they share would else be compiled for the one that happened to run when the compiler looked.
    /// </summary>
    public static void WarmUp(IEnumerable<Subject> subjects, TimeSpan slice)
    {
        Subject[] cold = [.. subjects.Where(subject => !subject._isWarm)];
        for (int tier = 0; tier < Tiers && cold.Length > 0; tier++)
        {
            for (int call = 0; call < 100; call++)
            {
                foreach (Subject subject in cold)
                    subject.Run(64);
            }
            Thread.Sleep(150); // the compiler waits 100 ms for calls to stop before it compiles anew
        }
        foreach (Subject subject in cold)
            subject.Fit(slice);
    }

    private void Fit(TimeSpan slice)
    {
        _isWarm = true;
        double nanoseconds = double.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            Iterations = 20_000;
            nanoseconds = Math.Min(nanoseconds, RunSlice());
        }
        Iterations = (int)Math.Clamp(slice.TotalNanoseconds / nanoseconds, 100, 100_000_000);
    }

    private void RunHere() => run(_next);

    /// <summary>Managed bytes of one operation: the least of a few runs, because a duration of a magnitude that was not seen before allocates once.</summary>
    public double Allocated()
    {
        Run(1_000);
        return Enumerable.Range(0, 5).Min(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(10_000);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / 10_000.0;
        });
    }
}
