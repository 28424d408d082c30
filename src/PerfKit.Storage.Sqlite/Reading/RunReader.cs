using System.Text.Json;

namespace PerfKit.Storage.Sqlite;

/// <summary>Reads whole runs within a transaction, newest first.</summary>
internal static class RunReader
{
    private const long MaxOffsetMinutes = 14 * 60;
    private const string Columns = "SELECT id, guid, application, kind, finished, utc_offset, machine, branch, revision, facts FROM run";

    /// <summary>Runs that match, after the last one of the portion before; at most <paramref name="most"/>.</summary>
    /// <param name="database">In a transaction.</param>
    /// <param name="query">Which runs.</param>
    /// <param name="after">The place of the last run read before; <see langword="null"/> to begin.</param>
    /// <param name="most">How many runs at most; -1 for all.</param>
    public static List<StoredRun> Read(Database database, RunQuery query, RunPlace? after, long most)
    {
        List<StoredRun> runs = [];
        if (Condition.Of(database.Labels, query) is not { } condition)
            return runs;
        if (after is { } place)
            condition.Add("(finished, id) < (?, ?)", place.Finished, place.Id);

        Statement statement = condition.Bind(database.Prepare($"{Columns}{condition} ORDER BY finished DESC, id DESC LIMIT ?"), most);
        while (statement.Next())
            runs.Add(ReadRow(database, statement));
        return runs;
    }

    public static DateTimeOffset Instant(long utcTicks, long offsetMinutes) =>
        utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks && Math.Abs(offsetMinutes) <= MaxOffsetMinutes
            && utcTicks + (offsetMinutes * TimeSpan.TicksPerMinute) is var local && local >= 0 && local <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(utcTicks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(offsetMinutes))
            : throw new SqliteFailure(SQLitePCL.raw.SQLITE_CORRUPT, "an instant is out of range");

    private static StoredRun ReadRow(Database database, Statement row)
    {
        long id = row.Integer(0);
        var run = new AuditRun
        {
            Id = new Guid(row.Blob(1), bigEndian: true),
            Application = database.Labels.Text(row.Integer(2))!,
            Kind = (AuditKind)row.Integer(3),
            FinishedAt = Instant(row.Integer(4), row.Integer(5)),
            MachineFingerprint = database.Labels.Text(row.Integer(6))!,
            Branch = database.Labels.Text(row.Integer(7)),
            Commit = row.OptionalText(8),
            Metrics = Metrics(database, id),
        };
        return new StoredRun(
            new RunPlace(row.Integer(4), id),
            row.OptionalText(9) is { } facts ? run with { Facts = JsonSerializer.Deserialize(facts, FactsJson.Default.DictionaryStringString)! } : run);
    }

    private static RunMetric[] Metrics(Database database, long run)
    {
        (long first, long last) = StoreSchema.MetricsOf(run);
        Statement statement = database.Prepare("SELECT series, value FROM metric WHERE id BETWEEN ? AND ? ORDER BY id").Bind(1, first).Bind(2, last);
        List<RunMetric> metrics = [];
        while (statement.Next())
            metrics.Add(database.Labels.Pattern(statement.Integer(0)) with { Value = statement.Real(1) });
        return [.. metrics];
    }
}

/// <summary>Where a run stands in the order of time; of two that finished together, the one stored later is the newer.</summary>
internal readonly record struct RunPlace(long Finished, long Id) : IComparable<RunPlace>
{
    public int CompareTo(RunPlace other) => Finished != other.Finished ? Finished.CompareTo(other.Finished) : Id.CompareTo(other.Id);
}

/// <summary>A run and where it stands.</summary>
internal readonly record struct StoredRun(RunPlace Place, AuditRun Run);
