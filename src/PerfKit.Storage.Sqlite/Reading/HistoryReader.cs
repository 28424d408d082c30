namespace PerfKit.Storage.Sqlite;

/// <summary>Reads figures within a transaction, oldest first.</summary>
internal sealed class HistoryReader(Database database, MetricQuery query)
{
    /// <summary>One series in a window: read from the index alone, from its newest end, and stopped at the limit.</summary>
    internal const string OfSeries =
        "SELECT finished, id, value FROM metric WHERE series = ? AND finished >= ? AND finished < ? ORDER BY finished DESC, id DESC LIMIT ?";

    private readonly Dictionary<long, RunConditions> _runs = [];

    public List<MetricPoint> Read() => query.Service is null && query.Operation is null && query.Metric is null ? OfRuns() : OfNamed();

    /// <summary>Nothing says which figures: whole runs, newest first, until there are enough.</summary>
    private List<MetricPoint> OfRuns()
    {
        List<MetricPoint> newestFirst = [];
        int limit = query.Limit ?? int.MaxValue;
        if (query.Branch is { } branch && database.Labels.Find(branch) is null)
            return newestFirst;

        RunPlace? after = null;
        while (newestFirst.Count < limit)
        {
            List<StoredRun> portion = RunReader.Read(database, query.Runs, after, most: 100);
            if (portion.Count == 0)
                break;
            after = portion[^1].Place;
            foreach (AuditRun run in portion.Select(stored => stored.Run).Where(query.Matches))
                newestFirst.AddRange(run.Metrics.Reverse().Select(figure => new MetricPoint(run.Id, run.FinishedAt, run.Commit, run.Branch, run.MachineFingerprint, figure)));
        }

        if (newestFirst.Count > limit)
            newestFirst.RemoveRange(limit, newestFirst.Count - limit);
        newestFirst.Reverse();
        return newestFirst;
    }

    private List<MetricPoint> OfNamed()
    {
        List<Entry> entries = [];
        long from = query.From?.UtcTicks ?? long.MinValue, to = query.To?.UtcTicks ?? long.MaxValue;
        int limit = query.Limit ?? int.MaxValue;
        foreach (long series in Series())
        {
            Statement row = database.Prepare(OfSeries).Bind(1, series).Bind(2, from).Bind(3, to).Bind(4, limit);
            while (row.Next())
                entries.Add(new Entry(row.Integer(0), row.Integer(1), series, row.Real(2)));
            if (entries.Count < 2L * limit)
                continue;

            KeepNewest(entries, limit);
            from = entries[0].Finished;         // of the following series nothing older is of use
        }

        KeepNewest(entries, limit);
        List<MetricPoint> points = new(entries.Count);
        foreach (Entry entry in entries)
            points.Add(Point(entry));
        return points;
    }

    /// <summary>The series that match: all conditions but the window are theirs.</summary>
    private List<long> Series()
    {
        List<long> series = [];
        Labels labels = database.Labels;
        var condition = new Condition();
        bool isPossible = condition.AddName("service", query.Service, labels)
            && condition.AddName("metric", query.Metric, labels)
            && condition.AddName("operation", query.Operation, labels)
            && condition.AddName("application", query.Application, labels)
            && condition.AddName("machine", query.MachineFingerprint, labels)
            && condition.AddName("branch", query.Branch, labels);
        if (!isPossible)
            return series;
        if (query.Kind is { } kind)
            condition.Add("kind = ?", (long)kind);

        Statement statement = condition.Bind(database.Prepare($"SELECT id FROM series{condition}"));
        while (statement.Next())
            series.Add(statement.Integer(0));
        return series;
    }

    private static void KeepNewest(List<Entry> entries, int limit)
    {
        entries.Sort();
        if (entries.Count > limit)
            entries.RemoveRange(0, entries.Count - limit);
    }

    private MetricPoint Point(Entry entry)
    {
        RunConditions run = Run(entry.Id >> StoreSchema.PlaceBits);
        return new MetricPoint(
            run.Id, run.FinishedAt, run.Commit, run.Branch, run.Machine, database.Labels.Pattern(entry.Series) with { Value = entry.Value });
    }

    private RunConditions Run(long id)
    {
        if (_runs.TryGetValue(id, out RunConditions? known))
            return known;

        Statement row = database.Prepare("SELECT guid, finished, utc_offset, machine, branch, revision FROM run WHERE id = ?").Bind(1, id);
        if (!row.Next())
            throw new SqliteFailure(SQLitePCL.raw.SQLITE_CORRUPT, $"run {id} is missing");
        var run = new RunConditions(
            new Guid(row.Blob(0), bigEndian: true), RunReader.Instant(row.Integer(1), row.Integer(2)),
            database.Labels.Text(row.Integer(3))!, database.Labels.Text(row.Integer(4)), row.OptionalText(5));
        row.Reset();
        _runs.Add(id, run);
        return run;
    }

    private sealed record RunConditions(Guid Id, DateTimeOffset FinishedAt, string Machine, string? Branch, string? Commit);

    /// <summary>A row of the index, in the order of time; of two that finished together, the one stored later is the newer.</summary>
    private readonly record struct Entry(long Finished, long Id, long Series, double Value) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Finished != other.Finished ? Finished.CompareTo(other.Finished) : Id.CompareTo(other.Id);
    }
}
