using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using PerfKit.Benchmarking;
using PerfKit.Statistics;

namespace PerfKit.LoadBenchmark;

/// <summary>Are the open model's quantiles true, with and without a stall? And what does a closed loop say of the same stall?</summary>
internal static class Omission
{
    private static readonly (string Name, double Probability)[] Quantiles = [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)];

    public static async Task<IReadOnlyList<Verdict>> MeasureAsync(int port, double rate, double seconds, double tolerance)
    {
        int count = (int)(rate * seconds);
        int stallAt = count * 2 / 5;
        var verdicts = new List<Verdict>();
        using ConnectionPool pool = await ConnectionPool.OpenAsync(port, (int)(rate * 2));
        using var http = new HttpClient();

        Open steady = await RunOpenAsync(pool, http, port, rate, seconds, stallAt: null);
        Open stalled = await RunOpenAsync(pool, http, port, rate, seconds, stallAt);
        LoadTestResult closed = await RunClosedAsync(pool, count, rate, stallAt);
        Print.Table(
            ["latency", "p50", "p99", "p99.9", "highest"],
            [
                .. RowsOf("steady", steady, Truth.Simulated(count, rate, null)),
                .. RowsOf("stall of 1 s", stalled, Truth.Simulated(count, rate, stallAt)),
                ["stall of 1 s: closed model, naive", .. Cells(probability => closed.Latency.Quantile(probability)!.Value / 1e9)],
            ]);
        Print.Line($"generator at {rate}/s: start lag p50 {Figure.Seconds(Lag(stalled.Result, 0.5))}, p99 {Figure.Seconds(Lag(stalled.Result, 0.99))}, {stalled.Result.Generator.LateOperations} late, {Figure.Share(stalled.Result.Generator.DispatcherCpu / stalled.Result.Elapsed)} of a core for its thread");
        Console.WriteLine();

        foreach ((string name, Open open) in (ReadOnlySpan<(string, Open)>)[("steady", steady), ("stall of 1 s", stalled)])
        {
            foreach ((string quantile, double probability) in Quantiles.Skip(1))
            {
                double error = (open.Result.Latency.Quantile(probability)!.Value / 1e9 / Truth.Quantile(open.Logged, probability)) - 1;
                verdicts.Add(new Verdict($"open model, {name}: {quantile} off the truth by", Figure.Signed(error), "±" + Figure.Share(tolerance), Math.Abs(error) <= tolerance));
            }
        }

        double omitted = closed.Latency.Quantile(0.99)!.Value / 1e9 / Truth.Quantile(stalled.Logged, 0.99);
        verdicts.Add(new Verdict("closed model, stall of 1 s: p99 beside the truth", Figure.Share(omitted), "(shows the omission)", null));
        return verdicts;
    }

    private static async Task<Open> RunOpenAsync(ConnectionPool pool, HttpClient http, int port, double rate, double seconds, int? stallAt)
    {
        await pool.AskAsync("/forget", default);
        var begun = new ConcurrentBag<double>();
        var test = new LoadTest("loopback", "http", (at, ct) =>
        {
            begun.Add((Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency) - (at.Index / rate));
            return pool.AskAsync($"/{(at.Index == stallAt ? "stall" : "slow")}/{at.Index.ToString(CultureInfo.InvariantCulture)}", ct);
        });
        LoadTestResult result = await test.RunAsync(LoadModel.Open(rate, TimeSpan.FromSeconds(seconds)));

        // Nothing begins before it is due, and some operation begins on time: the earliest is the start that all were due from.
        string log = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/log"));
        Dictionary<int, long> written = log.Split('\n').Select(line => line.Split(' '))
            .ToDictionary(pair => int.Parse(pair[0], CultureInfo.InvariantCulture), pair => long.Parse(pair[1], CultureInfo.InvariantCulture));
        if (written.Count != result.Completed || result.Failed > 0)
            throw new InvalidOperationException($"The server answered {written.Count} requests, the generator counted {result.Completed}, {result.Failed} of them failed.");
        return new Open(result, Truth.Logged(written, rate, begun.Min(), Stopwatch.Frequency));
    }

    /// <summary>As many tasks as keep the same rate while nothing stalls (Little's law).</summary>
    private static async Task<LoadTestResult> RunClosedAsync(ConnectionPool pool, int count, double rate, int stallAt)
    {
        double mean = Enumerable.Range(0, count).Average(ServedDelays.SecondsOf);
        int tasks = Math.Max(1, (int)Math.Round(rate * mean));
        int done = -1;
        var test = new LoadTest("loopback", "http", (_, ct) =>
        {
            int index = Interlocked.Increment(ref done);
            return pool.AskAsync($"/{(index == stallAt ? "stall" : "slow")}/{index.ToString(CultureInfo.InvariantCulture)}", ct);
        });
        return await test.RunAsync(LoadModel.Closed(tasks, count / tasks));
    }

    private static IEnumerable<IReadOnlyList<string>> RowsOf(string name, Open open, double[] simulated) =>
    [
        [$"{name}: open model", .. Cells(probability => open.Result.Latency.Quantile(probability)!.Value / 1e9)],
        [$"{name}: truth, from the server's log", .. Cells(probability => Truth.Quantile(open.Logged, probability))],
        [$"{name}: truth, simulated", .. Cells(probability => Truth.Quantile(simulated, probability))],
    ];

    private static IEnumerable<string> Cells(Func<double, double> quantile) => Quantiles.Select(it => it.Probability).Append(1).Select(quantile).Select(Figure.Seconds);

    private static double Lag(LoadTestResult result, double probability) => (result.Generator.StartLag.Quantile(probability) ?? 0) / 1e9;

    private sealed record Open(LoadTestResult Result, double[] Logged);
}
