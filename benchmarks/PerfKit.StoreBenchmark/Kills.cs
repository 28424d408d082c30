using System.Diagnostics;
using PerfKit.Storage;
using PerfKit.Storage.Sqlite;

namespace PerfKit.StoreBenchmark;

/// <summary>
/// Kills a process at random moments while it writes, SIGKILL on Unix, and looks after each kill whether the database is sound and holds every
/// run that was told to be kept. Every tenth time the database is a new one, so that some kills come while it is being made.
/// </summary>
internal static class Kills
{
    private const int KillsOfADatabase = 10;
    private const int MostLines = 30;
    private const int MostSpins = 300_000;

    public static async Task<Verdict> MeasureAsync(string folder, int kills)
    {
        var random = new Random(20260131);
        HashSet<Guid> told = [];
        long all = 0;
        int lost = 0, unreadable = 0;
        string path = "";
        for (int kill = 0; kill < kills; kill++)
        {
            if (kill % KillsOfADatabase == 0)
            {
                path = Path.Combine(folder, $"killed-{kill}.db");
                told.Clear();
            }

            int before = told.Count;
            int lines = random.Next(3) == 0 ? 0 : random.Next(MostLines);
            WriteAndKill(path, seed: kill, lines, spins: random.Next(MostSpins), told);
            all += told.Count - before;
            try
            {
                HashSet<Guid> found = await FoundAsync(path);
                lost += told.Count(id => !found.Contains(id));
            }
            catch (Exception error) when (error is IOException or InvalidDataException)
            {
                Print.Line($"after kill {kill + 1}: {error.Message}");
                unreadable++;
            }
        }

        return new Verdict(
            Print.Text($"{kills} kills of a writing process"),
            Print.Text($"{lost} of {all} committed runs lost, {unreadable} databases unreadable"), "0 and 0", lost == 0 && unreadable == 0 && all > 0)
        {
            IsExact = true,
        };
    }

    private static void WriteAndKill(string path, int seed, int lines, int spins, HashSet<Guid> told)
    {
        using Process writer = Writer.Start(path, seed, count: int.MaxValue);
        for (int line = -1; line < lines; line++)       // the first says that it is ready
            Note(writer.StandardOutput.ReadLine(), told);
        Thread.SpinWait(spins);
        writer.Kill();
        for (string? line; (line = writer.StandardOutput.ReadLine()) is not null;)
            Note(line, told);
        writer.WaitForExit();
    }

    /// <summary>A line that the kill cut short is none: its run was kept, but not yet told so.</summary>
    private static void Note(string? line, HashSet<Guid> told)
    {
        if (line is null)
            throw new InvalidOperationException("The writer ended by itself.");
        if (line != "ready")
            told.UnionWith(line.Split(' ').Where(id => id.Length == Guid.Empty.ToString().Length).Select(Guid.Parse));
    }

    private static async Task<HashSet<Guid>> FoundAsync(string path)
    {
        using var store = new SqliteStore(path);
        HashSet<Guid> found = [.. (await store.QueryAsync(new RunQuery())).Select(run => run.Id)];
        if (!File.Exists(path))
            return found;       // killed before there was a file

        using Database database = Database.Open(path);
        Statement check = database.Prepare("PRAGMA integrity_check");
        string verdict = check.Next() ? check.Text(0) : "no answer";
        return verdict == "ok" ? found : throw new InvalidDataException(verdict);
    }
}
