using System.Diagnostics;
using System.Globalization;
using PerfKit.Storage;
using PerfKit.Storage.Sqlite;

namespace PerfKit.StoreBenchmark;

/// <summary>
/// How many figures a second does the store take, beside the sqlite3 shell's <c>.import</c> of the very same rows? Both fill a database
/// of the store's own schema, with its indexes and pragmas, in one transaction, and both times end when the file is closed. The store
/// checks every run and writes runs, names and series besides; the shell starts a process and parses its text. Left out: making the runs.
/// </summary>
internal static class BulkInsert
{
    private const string Claim = "bulk insert, beside the shell's .import";
    private const string Limit = "at least 0.7x";

    public static async Task<Verdict> MeasureAsync(string folder, bool isShort)
    {
        AuditRun[] runs = [.. Runs.OfAYear(isShort ? 100 : 10_000)];
        int rows = runs.Length * Runs.Figures, rounds = isShort ? 1 : 5;
        string csv = Path.Combine(folder, "rows.csv");
        await InsertAsync(Path.Combine(folder, "warm.db"), runs);
        WriteRows(Path.Combine(folder, "warm.db"), csv);
        if (Shell.Version() is not { } version)
            return new Verdict(Claim, "no sqlite3 shell on this machine", Limit, null);

        Print.Line($"bulk insert of {rows:N0} rows; the store on SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}, the shell {version}");
        List<double> ratios = [];
        for (int round = 0; round < rounds; round++)
        {
            string ours = Path.Combine(folder, $"store-{round}.db"), theirs = Path.Combine(folder, $"shell-{round}.db");
            double store = 0, shell = 0;
            foreach (bool isStore in round % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                if (isStore)
                    store = await InsertAsync(ours, runs);
                else
                    shell = await ImportAsync(theirs, csv, rows);
            }

            ratios.Add(shell / store);
            Print.Line($"  round {round + 1}: store {rows / store / 1e6:F2} million rows/s, shell {rows / shell / 1e6:F2} million rows/s, {shell / store:F2}x");
            File.Delete(ours);
            File.Delete(theirs);
        }

        double ratio = ratios.Order().ElementAt(ratios.Count / 2);
        return new Verdict(Claim, Print.Text($"{ratio:F2}x (median of {rounds})"), Limit, ratio >= 0.7);
    }

    private static async Task<double> InsertAsync(string path, AuditRun[] runs)
    {
        long start = Stopwatch.GetTimestamp();
        using (var store = new SqliteStore(path))
        {
            if (await store.AppendManyAsync(runs) != runs.Length)
                throw new InvalidOperationException("The store did not take all runs.");
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> ImportAsync(string path, string csv, int rows)
    {
        using (var store = new SqliteStore(path))
            await store.AppendManyAsync([]);       // makes the tables and indexes
        long start = Stopwatch.GetTimestamp();
        Shell.Run(path, $"PRAGMA synchronous = NORMAL;\nPRAGMA cache_size = -16384;\n.mode csv\n.import \"{csv}\" metric\n");
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        string count = Shell.Run(path, "SELECT count(*) FROM metric;\n").Trim();
        return count == rows.ToString(CultureInfo.InvariantCulture) ? seconds : throw new InvalidOperationException($"The shell imported {count} rows.");
    }

    private static void WriteRows(string path, string csv)
    {
        using Database database = Database.Open(path);
        using var writer = new StreamWriter(csv);
        Statement rows = database.Prepare("SELECT id, series, finished, value FROM metric ORDER BY id");
        while (rows.Next())
            writer.Write(FormattableString.Invariant($"{rows.Integer(0)},{rows.Integer(1)},{rows.Integer(2)},{rows.Real(3):R}\n"));
    }
}
