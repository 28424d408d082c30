using System.Diagnostics;
using System.Globalization;
using PerfKit.Storage;
using PerfKit.Storage.Sqlite;

namespace PerfKit.StoreBenchmark;

/// <summary>The process that is killed: it keeps runs, and tells the id of each once the store said that it is kept.</summary>
internal static class Writer
{
    private const string Argument = "--write";
    private const int MostFigures = 1_000;

    public static bool IsAsked(string[] args) => args is [Argument, _, _, _];

    /// <summary>Starts this program once more, as a writer.</summary>
    public static Process Start(string path, int seed, int count)
    {
        string program = Environment.ProcessPath!;
        bool isHosted = Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] arguments = [Argument, path, seed.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)];
        return Process.Start(new ProcessStartInfo(program, isHosted ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
        })!;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var random = new Random(int.Parse(args[2], CultureInfo.InvariantCulture));
        int count = int.Parse(args[3], CultureInfo.InvariantCulture);
        using var standard = Console.OpenStandardOutput();
        using var told = new StreamWriter(standard) { AutoFlush = true, NewLine = "\n" };
        await told.WriteLineAsync("ready");
        using var store = new SqliteStore(args[1], new SqliteStoreOptions { MaxRuns = int.MaxValue });
        for (int i = 0; i < count; i++)
        {
            // Now one run, now several, of very different lengths: a moment may be in any part of a transaction.
            AuditRun[] runs = [.. Enumerable.Range(0, i % 4 == 3 ? 5 : 1).Select(_ => Run(random))];
            if (runs.Length == 1)
                await store.AppendAsync(runs[0]);
            else
                await store.AppendManyAsync(runs);
            await told.WriteLineAsync(string.Join(' ', runs.Select(run => run.Id)));
        }

        return 0;
    }

    private static AuditRun Run(Random random) => new()
    {
        Id = Guid.NewGuid(),
        Application = "killed",
        Kind = AuditKind.Benchmark,
        FinishedAt = Runs.End.AddSeconds(random.Next(1_000_000)),
        MachineFingerprint = "linux-x64/2",
        Branch = $"branch {random.Next(20)}",
        Metrics = [.. Enumerable.Range(0, random.Next(1, MostFigures)).Select(i => new RunMetric("service", $"metric {i}", random.NextDouble(), "ms"))],
    };
}
