using System.Diagnostics;
using PerfKit.Storage;
using PerfKit.Storage.Sqlite;

namespace PerfKit.StoreBenchmark;

/// <summary>Several processes write into one new database at once: every run that one of them was told is kept must be there.</summary>
internal static class ManyWriters
{
    private const int Processes = 4;
    private const int Calls = 40;

    public static async Task<Verdict> MeasureAsync(string folder)
    {
        string path = Path.Combine(folder, "shared.db");
        Process[] writers = [.. Enumerable.Range(0, Processes).Select(seed => Writer.Start(path, seed, Calls))];
        string[] outputs = await Task.WhenAll(writers.Select(writer => writer.StandardOutput.ReadToEndAsync()));
        bool isOrderly = true;
        foreach (Process writer in writers)
        {
            await writer.WaitForExitAsync();
            isOrderly &= writer.ExitCode == 0;
            writer.Dispose();
        }

        Guid[] told = [.. outputs.SelectMany(output => output.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(word => word != "ready").Select(Guid.Parse)];
        using var store = new SqliteStore(path);
        HashSet<Guid> found = [.. (await store.QueryAsync(new RunQuery())).Select(run => run.Id)];
        int missing = told.Count(id => !found.Contains(id));
        return new Verdict(
            Print.Text($"{Processes} processes writing at once"), Print.Text($"{missing} of {told.Length} runs missing{(isOrderly ? "" : ", a process failed")}"), "0",
            isOrderly && missing == 0 && found.Count == told.Length && told.Length > 0)
        {
            IsExact = true,
        };
    }
}
