using PerfKit.Storage;

namespace PerfKit.Benchmarking.Tests;

/// <summary>Histories of runs, a day apart, with commits c0, c1, …</summary>
internal static class Histories
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static MetricPoint[] Of(IEnumerable<double> values, string metric = "duration", string unit = "ms", string machine = "machine", string service = "parser") =>
        [.. values.Select((value, run) => new MetricPoint(
            Id(run), Start.AddDays(run), $"c{run}", "main", machine, new RunMetric(service, metric, value, unit)))];

    public static Guid Id(int run) => new(run + 1, 0, 0, new byte[8]);

    /// <summary>Around <paramref name="level"/> with noise of 1 %, and whatever a run adds to it, in percent.</summary>
    public static double[] Noisy(int runs, double level, Func<int, double> percent, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, runs).Select(run => level * (1 + (percent(run) + Normal(random)) / 100))];
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>A store that returns what it was given; a query for one metric is the only one it understands.</summary>
internal sealed class FixedStore(params MetricPoint[][] histories) : IPerformanceStore
{
    public Task AppendAsync(AuditRun run, CancellationToken ct = default) => throw new InvalidOperationException("Not set up.");

    public Task<IReadOnlyList<AuditRun>> QueryAsync(RunQuery query, CancellationToken ct = default) => throw new InvalidOperationException("Not set up.");

    public Task<IReadOnlyList<MetricPoint>> QueryMetricsAsync(MetricQuery query, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<MetricPoint>>([.. histories.SelectMany(it => it).OrderBy(point => point.FinishedAt)]);
}
