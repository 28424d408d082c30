using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using PerfKit.Benchmarking;

namespace PerfKit.LoadBenchmark;

/// <summary>How many requests a second does the closed model make, beside <c>wrk</c> on the same server?</summary>
internal static class Throughput
{
    private const int Connections = 64;

    public static async Task MeasureAsync(int port, double seconds)
    {
        string url = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/fast";
        double? one = Wrk(url, threads: 1, seconds);
        double? two = Wrk(url, threads: 2, seconds);
        double? wrk = one > two ? one : two;
        double raw = await RawAsync(port, seconds);
        double http = await HttpAsync(new Uri(url), seconds);
        Print.Table(
            ["requests a second, 64 connections", "measured", "beside the better wrk"],
            [
                ["wrk, one thread", one is null ? "wrk is not installed" : Figure.Count(one.Value), ""],
                ["wrk, two threads", two is null ? "wrk is not installed" : Figure.Count(two.Value), ""],
                ["closed model, bare sockets", Figure.Count(raw), Beside(raw, wrk)],
                ["closed model, HttpClient", Figure.Count(http), Beside(http, wrk)],
            ]);
        Console.WriteLine();
    }

    private static string Beside(double rate, double? wrk) => wrk is null ? "" : Figure.Share(rate / wrk.Value);

    private static async Task<double> RawAsync(int port, double seconds)
    {
        var connections = new RawConnection[Connections];
        for (int i = 0; i < Connections; i++)
            connections[i] = await RawConnection.OpenAsync(port);
        byte[] request = RawConnection.Request("/fast");
        double rate = await RateAsync((at, ct) => connections[at.Worker].AskAsync(request, ct), seconds);
        foreach (RawConnection connection in connections)
            connection.Dispose();
        return rate;
    }

    private static async Task<double> HttpAsync(Uri url, double seconds)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        return await RateAsync(async (_, ct) =>
        {
            using HttpResponseMessage answer = await client.GetAsync(url, ct);
            answer.EnsureSuccessStatusCode();
        }, seconds);
    }

    private static async Task<double> RateAsync(Func<LoadOperation, CancellationToken, Task> operation, double seconds)
    {
        var test = new LoadTest("fast", "http", operation);
        LoadTestResult warm = await test.RunAsync(LoadModel.Closed(Connections, 200));
        int operations = (int)Math.Clamp(warm.Throughput!.Value * seconds / Connections, 50, 1_000_000);
        return (await test.RunAsync(LoadModel.Closed(Connections, operations))).Throughput!.Value;
    }

    private static double? Wrk(string url, int threads, double seconds)
    {
        string length = Math.Max(1, (int)seconds).ToString(CultureInfo.InvariantCulture) + "s";
        try
        {
            using Process wrk = Process.Start(new ProcessStartInfo("wrk", ["-t" + threads.ToString(CultureInfo.InvariantCulture), "-c64", "-d" + length, url]) { RedirectStandardOutput = true })!;
            string output = wrk.StandardOutput.ReadToEnd();
            wrk.WaitForExit();
            string? line = output.Split('\n').FirstOrDefault(line => line.StartsWith("Requests/sec:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line["Requests/sec:".Length..].Trim(), CultureInfo.InvariantCulture);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
