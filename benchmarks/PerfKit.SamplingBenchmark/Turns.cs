using System.Diagnostics;

namespace PerfKit.SamplingBenchmark;

/// <summary>
/// Runs actions in turn, round after round, so that whatever disturbs the machine disturbs them all. Ratios are formed inside each
/// round; the median over the rounds is told.
/// </summary>
internal sealed class Turns
{
    private readonly double[][] _microseconds;

    private Turns(double[][] microseconds) => _microseconds = microseconds;

    /// <param name="rounds">Rounds.</param>
    /// <param name="slice">How long an action is repeated in a round; once at least.</param>
    /// <param name="actions">The actions.</param>
    public static Turns Of(int rounds, TimeSpan slice, params Action[] actions)
    {
        foreach (Action action in actions)
            WarmUp(action, slice);
        double[][] microseconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            // Each round begins with another one, so that none always follows the same.
            for (int i = 0; i < actions.Length; i++)
            {
                int at = (i + round) % actions.Length;
                microseconds[at][round] = Time(actions[at], slice);
            }
        }
        return new Turns(microseconds);
    }

    public double Median(int action) => Middle(_microseconds[action]);

    public double Ratio(int action, int to) => Middle(_microseconds[action].Zip(_microseconds[to], (one, other) => one / other));

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

    private static void WarmUp(Action action, TimeSpan slice)
    {
        for (int tier = 0; tier < 3; tier++)
        {
            for (int call = 0; call < 40; call++)
                Time(action, slice / 40);
            Thread.Sleep(150); // the compiler waits 100 ms for calls to stop before it compiles anew
        }
    }
}
