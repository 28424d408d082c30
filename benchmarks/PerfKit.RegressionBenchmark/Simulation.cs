using PerfKit.Benchmarking;
using PerfKit.Storage;

namespace PerfKit.RegressionBenchmark;

/// <summary>How suspects are treated before they are reported.</summary>
internal enum Confirmation
{
    None,
    NewestAgain,
    Pairs,
}

/// <summary>One history: noise of 1 % around 100 ms, long enough for reruns after its last run, and a change that begins at a run.</summary>
internal sealed class Simulation
{
    public const int Before = 120, Newest = 30, Runs = Before + Newest;
    private const int RerunsAlone = 10;

    private static readonly RegressionOptions Options = new() { StatesPower = false };
    private static readonly RegressionDetector Detector = new(Options);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly double[] _noise;
    private readonly Guid[] _ids;

    public Simulation(NoiseShape shape, Random random)
    {
        Shape = shape;
        _noise = shape.Series(Runs + 2 * Options.Pairs, random, random.Next(2) == 0 ? 1 : -1);
        byte[] bytes = new byte[16];
        _ids = [.. Enumerable.Range(0, Runs).Select(_ =>
        {
            random.NextBytes(bytes);
            return new Guid(bytes);
        })];
    }

    public NoiseShape Shape { get; }

    /// <summary>The values of the first runs, as the gate sees them.</summary>
    public double[] Values(int runs, Func<int, double> widths) => [.. Enumerable.Range(0, runs).Select(run => Value(run, widths(run)))];

    /// <summary>Whether the gate raises a regression, or what it calls a suspect, at the last of so many runs.</summary>
    public RegressionOutcome Judge(int runs, Func<int, double> widths, Confirmation confirmation)
    {
        var history = new List<MetricPoint>(runs);
        for (int run = 0; run < runs; run++)
            history.Add(new MetricPoint(_ids[run], Start.AddDays(run), null, null, "machine", new RunMetric("simulated", BenchmarkMetrics.Duration, Value(run, widths(run)), "ms")));

        double now = widths(runs - 1);
        int next = runs;            // reruns go on in the same noise, right after the suspect
        return (confirmation switch
        {
            Confirmation.None => Detector.Judge(history),
            Confirmation.NewestAgain => Detector.JudgeAsync(history, null, _ => Task.FromResult(Again(runs, now)), CancellationToken.None).Result(),
            _ => Detector.JudgeAsync(
                history, null, new PairedRerun(_ => Task.FromResult(Value(next++, 0)), _ => Task.FromResult(Value(next++, now)))).Result(),
        }).Outcome;
    }

    private IReadOnlyList<double> Again(int runs, double widths) => [.. Enumerable.Range(runs, RerunsAlone).Select(run => Value(run, widths))];

    private double Value(int run, double widths) => 100 * (1 + 0.01 * (_noise[run] / Shape.Width + widths));
}

internal static class CompletedTasks
{
    /// <summary>Nothing here waits: every rerun is at hand.</summary>
    public static T Result<T>(this Task<T> task) => task.GetAwaiter().GetResult();
}
