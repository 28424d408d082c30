namespace PerfKit.Storage.Sqlite;

/// <summary>Reads figures within a transaction, oldest first.</summary>
internal sealed class HistoryReader(Database database, MetricQuery query)
{
    /// <summary>One series in a window: a range of the index, and for each figure its run.</summary>
    internal const string OfSeries =
        """
        SELECT metric.finished, metric.id, metric.value, run.guid, run.utc_offset, run.revision
        FROM metric CROSS JOIN run ON run.id = metric.id >> 14
        WHERE metric.series = ? AND metric.finished >= ? AND metric.finished < ? ORDER BY metric.finished DESC
        """;

    /// <summary>The same, stopped at a limit: among figures of one instant it must then choose.</summary>
    private const string NewestOfSeries = OfSeries + ", metric.id DESC LIMIT ?";

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
        foreach (Series series in AllSeries())
        {
            Statement row = database.Prepare(query.Limit is null ? OfSeries : NewestOfSeries).Bind(1, series.Id).Bind(2, from).Bind(3, to);
            if (query.Limit is not null)
                row.Bind(4, limit);
            while (row.Next())
                entries.Add(new Entry(new RunPlace(row.Integer(0), row.Integer(1)), Point(row, series)));
            if (entries.Count < 2L * limit)
                continue;

            KeepNewest(entries, limit);
            from = entries[^1].Place.Finished;      // of the following series nothing older is of use
        }

        KeepNewest(entries, limit);
        entries.Reverse();
        return entries.ConvertAll(entry => entry.Point);
    }

    private static MetricPoint Point(Statement row, Series series) => new(
        new Guid(row.Blob(3), bigEndian: true), RunReader.Instant(row.Integer(0), row.Integer(4)), row.OptionalText(5), series.Branch, series.Machine,
        series.Pattern with { Value = row.Real(2) });

    /// <summary>The series that match: all conditions but the window are theirs.</summary>
    private List<Series> AllSeries()
    {
        List<Series> found = [];
        Labels labels = database.Labels;
        var condition = new Condition();
        bool isPossible = condition.AddName("service", query.Service, labels)
            && condition.AddName("metric", query.Metric, labels)
            && condition.AddName("operation", query.Operation, labels)
            && condition.AddName("application", query.Application, labels)
            && condition.AddName("machine", query.MachineFingerprint, labels)
            && condition.AddName("branch", query.Branch, labels);
        if (!isPossible)
            return found;
        if (query.Kind is { } kind)
            condition.Add("kind = ?", (long)kind);

        Statement statement = condition.Bind(database.Prepare($"SELECT id, machine, branch FROM series{condition}"));
        while (statement.Next())
        {
            long id = statement.Integer(0);
            found.Add(new Series(id, labels.Pattern(id), labels.Text(statement.Integer(1))!, labels.Text(statement.Integer(2))));
        }

        return found;
    }

    /// <summary>Newest first, which the entries of a single series mostly are already.</summary>
    private static void KeepNewest(List<Entry> entries, int limit)
    {
        bool isOrdered = true;
        for (int i = 1; i < entries.Count && isOrdered; i++)
            isOrdered = entries[i - 1].Place.CompareTo(entries[i].Place) >= 0;
        if (!isOrdered)
            entries.Sort(static (one, other) => other.Place.CompareTo(one.Place));
        if (entries.Count > limit)
            entries.RemoveRange(limit, entries.Count - limit);
    }

    private sealed record Series(long Id, RunMetric Pattern, string Machine, string? Branch);

    /// <summary>A point with the place of its metric in the order of time.</summary>
    private readonly record struct Entry(RunPlace Place, MetricPoint Point);
}
