using System.Diagnostics;
using PerfKit.Storage;
using PerfKit.Storage.Sqlite;

namespace PerfKit.StoreBenchmark;

/// <summary>
/// How long does it take to read the last 30 days of a figure out of ten million, through the store's public API? Left out: a disk that
/// has nothing of the file in memory.
/// </summary>
internal static class History
{
    private const int RunsAtOnce = 1_000;
    private const int Repetitions = 21;

    private static readonly TimeSpan MostAllowed = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<Verdict>> MeasureAsync(string folder, bool isShort)
    {
        int count = isShort ? 1_000 : 100_000;
        string path = Path.Combine(folder, "year.db");
        using var store = new SqliteStore(path, new SqliteStoreOptions { MaxRuns = count });
        long start = Stopwatch.GetTimestamp();
        foreach (AuditRun[] runs in Runs.OfAYear(count).Chunk(RunsAtOnce))
            await store.AppendManyAsync(runs);
        double rows = (double)count * Runs.Figures;
        Print.Line($"filled with {rows:N0} rows in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, making them included; {new FileInfo(path).Length / rows:F0} bytes a row");

        var one = new MetricQuery
        {
            Application = "application_3", Service = "benchmark_7", Operation = "operation_1", Metric = "metric_2", Branch = "main",
            From = Runs.End.AddDays(-30), To = Runs.End,
        };
        Explain(path);
        return [await MeasureAsync(store, "30 days of a figure of an application", one), await MeasureAsync(store, "30 days of a figure of all applications", one with { Application = null })];
    }

    private static async Task<Verdict> MeasureAsync(SqliteStore store, string claim, MetricQuery query)
    {
        List<TimeSpan> times = [];
        int points = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            points = (await store.QueryMetricsAsync(query)).Count;
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        TimeSpan first = times[0], median = times.Order().ElementAt(Repetitions / 2);
        return new Verdict(
            Print.Text($"{claim}, {points:N0} points"), Print.Text($"{median.TotalMilliseconds:F1} ms (first {first.TotalMilliseconds:F1} ms)"), "under 50 ms", median < MostAllowed);
    }

    private static void Explain(string path)
    {
        using Database database = Database.Open(path);
        Print.Line($"{HistoryReader.OfSeries}");
        Statement plan = database.Prepare("EXPLAIN QUERY PLAN " + HistoryReader.OfSeries);
        while (plan.Next())
            Print.Line($"  {plan.Text(3)}");
    }
}
