namespace PerfKit.Storage.Sqlite;

/// <summary>
/// Forgets runs that are too many, within the transaction that added others. Counting walks over an index, so it is
/// done once in a portion of runs; the ids decide when, not the process, so any number of processes keep one rhythm.
/// Age forgets nothing: a clock that is wrong once must not take a history along.
/// </summary>
internal sealed class Retention(Database database, SqliteStoreOptions options)
{
    private const int LargestPortion = 64;
    private const int MostRunsBesides = 1_024;
    private const int RunsBetweenSweeps = 1_024;
    private const int MostFreedPagesAtOnce = 1_024;

    private readonly int _portion = Math.Clamp(options.MaxRuns / LargestPortion, 1, LargestPortion);

    /// <param name="added">How many runs were added; about as many may go, so that no append takes much longer than its own work.</param>
    /// <param name="last">The id of the last of them.</param>
    public void Apply(int added, long last)
    {
        if (IsPassed(_portion) && database.Integer("SELECT count(*) FROM run") - options.MaxRuns is var surplus and > 0)
            Forget(Ids(database.Prepare("SELECT id FROM run ORDER BY finished, id LIMIT ?").Bind(1, Math.Min(surplus, added + MostRunsBesides))));
        if (IsPassed(RunsBetweenSweeps))
            SweepNames();

        bool IsPassed(int interval) => (last - added) / interval != last / interval;
    }

    private static List<long> Ids(Statement statement)
    {
        List<long> ids = [];
        while (statement.Next())
            ids.Add(statement.Integer(0));
        return ids;
    }

    private void Forget(List<long> runs)
    {
        HashSet<long> series = [];
        foreach (long run in runs)
        {
            (long first, long last) = StoreSchema.MetricsOf(run);
            series.UnionWith(Ids(database.Prepare("SELECT series FROM metric WHERE id BETWEEN ? AND ?").Bind(1, first).Bind(2, last)));
            database.Prepare("DELETE FROM metric WHERE id BETWEEN ? AND ?").Bind(1, first).Bind(2, last).Run();
            database.Prepare("DELETE FROM run WHERE id = ?").Bind(1, run).Run();
        }

        foreach (long id in series)
            database.Prepare("DELETE FROM series WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM metric WHERE series = ?1)").Bind(1, id).Run();
        database.Labels.Forget();
        GiveBackPages();
    }

    /// <summary>Whole scans of runs and series, hence seldom.</summary>
    private void SweepNames()
    {
        database.Execute(
            """
            DELETE FROM name WHERE id NOT IN (
                SELECT service FROM series UNION SELECT metric FROM series UNION SELECT operation FROM series UNION SELECT unit FROM series
                UNION SELECT application FROM run UNION SELECT machine FROM run UNION SELECT branch FROM run)
            """);
        database.Labels.Forget();
    }

    /// <summary>New runs use the free pages again; only when a quarter of the file is free, it shrinks.</summary>
    private void GiveBackPages()
    {
        if (database.Integer("PRAGMA freelist_count") * 4 > database.Integer("PRAGMA page_count"))
            database.Execute($"PRAGMA incremental_vacuum({MostFreedPagesAtOnce})");
    }
}
