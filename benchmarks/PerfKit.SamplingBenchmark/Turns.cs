using System.Diagnostics;

namespace PerfKit.SamplingBenchmark;

/// <summary>
/// Runs actions in turn, round after round, so that whatever disturbs the machine disturbs them all. Ratios are formed inside each
/// round; the median over the rounds is told, without those in which somebody shared the core if there are enough others.
/// </summary>
internal sealed class Turns
{
    private readonly RoundsRun<double[]> _run;

    private Turns(RoundsRun<double[]> run) => _run = run;

    /// <summary>How many rounds count, and of how many.</summary>
    public string Told => _run.Text;

    /// <param name="rounds">Rounds.</param>
    /// <param name="slice">How long an action is repeated in a round; once at least.</param>
    /// <param name="actions">The actions.</param>
    public static Turns Of(int rounds, TimeSpan slice, params Action[] actions)
    {
        WarmUp(actions, slice);
        return new Turns(SharedCore.Rounds(rounds, number =>
        {
            // Each round begins with another one, so that none always follows the same.
            double[] microseconds = new double[actions.Length];
            for (int i = 0; i < actions.Length; i++)
            {
                int at = (i + number) % actions.Length;
                microseconds[at] = Time(actions[at], slice);
            }
            return microseconds;
        }));
    }

    public double Median(int action) => Middle(_run.Told.Select(round => round[action]));

    public double Ratio(int action, int to) => Middle(_run.Told.Select(round => round[action] / round[to]));

    /// <summary>What to say of a claim: a shared core can only make it look worse.</summary>
    public bool? Judge(bool holds) => _run.Judge(holds);

    /// <summary>Managed bytes of one call on this thread, once warm.</summary>
    public static long Allocated(Action action, int calls)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < calls; call++)
            action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
    }

    public static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Time(Action action, TimeSpan slice)
    {
        long began = Stopwatch.GetTimestamp();
        int calls = 0;
        TimeSpan elapsed;
        do
        {
            // By the dozen where that is short, so that the clock is no part of what is timed.
            for (int i = 0; i < 16; i++)
            {
                action();
                calls++;
                if (i == 0 && Stopwatch.GetElapsedTime(began) > slice / 16)
                    break;
            }
            elapsed = Stopwatch.GetElapsedTime(began);
        }
        while (elapsed < slice);
        return elapsed.TotalMicroseconds / calls;
    }

    // All by turns, as they will be measured, until the compiler has done its best for them.
    private static void WarmUp(Action[] actions, TimeSpan slice)
    {
        for (int tier = 0; tier < 10; tier++)
        {
            foreach (Action action in actions)
            {
                long began = Stopwatch.GetTimestamp();
                for (int call = 0; call < 40 && Stopwatch.GetElapsedTime(began) < slice * 5; call++)
                    Time(action, slice / 40);
            }
            Thread.Sleep(150); // the compiler waits 100 ms for calls to stop before it compiles anew
        }
    }
}
