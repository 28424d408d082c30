namespace PerfKit.Storage.Sqlite;

/// <summary>What a series is a series of. All but the kind are ids of names.</summary>
internal readonly record struct SeriesKey(
    long Service, long Metric, long Operation, long Application, long Kind, long Machine, long Branch, long Unit);

/// <summary>
/// The names and series of a database, remembered as long as nobody else changed it: others may forget names, and give their
/// ids away. To be used in a transaction only.
/// </summary>
internal sealed class Labels(Database database)
{
    private const int MaxRemembered = 100_000;

    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _texts = [];
    private readonly Dictionary<SeriesKey, long> _series = [];
    private readonly Dictionary<long, RunMetric> _patterns = [];
    private long _dataVersion = -1;

    /// <summary>To be called at the beginning of each transaction.</summary>
    public void Refresh()
    {
        long version = database.Integer("PRAGMA data_version");     // another number when another connection has committed
        if (version != _dataVersion)
            Forget();
        _dataVersion = version;
    }

    public void Forget()
    {
        _ids.Clear();
        _texts.Clear();
        _series.Clear();
        _patterns.Clear();
    }

    /// <summary>The id of a name; <see langword="null"/> when nothing has this name.</summary>
    public long? Find(string text)
    {
        if (_ids.TryGetValue(text, out long known))
            return known;
        if (!RunRules.IsUnicode(text))
            return null;        // as UTF-8 it would be another text

        Statement statement = database.Prepare("SELECT id FROM name WHERE text = ?").Bind(1, text);
        if (!statement.Next())
            return null;
        long id = statement.Integer(0);
        statement.Reset();
        Remember(_ids, text, id);
        return id;
    }

    public long FindOrAdd(string text)
    {
        if (Find(text) is { } known)
            return known;

        database.Prepare("INSERT INTO name (text) VALUES (?)").Bind(1, text).Run();
        long id = database.LastInsertedId;
        Remember(_ids, text, id);
        return id;
    }

    public long FindOrAdd(SeriesKey key)
    {
        if (_series.TryGetValue(key, out long known))
            return known;

        Statement find = Bind(
            "SELECT id FROM series WHERE service = ? AND metric = ? AND operation = ? AND application = ? AND kind = ? AND machine = ? AND branch = ? AND unit = ?",
            key);
        long id;
        if (find.Next())
        {
            id = find.Integer(0);
            find.Reset();
        }
        else
        {
            Bind("INSERT INTO series (service, metric, operation, application, kind, machine, branch, unit) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", key).Run();
            id = database.LastInsertedId;
        }

        Remember(_series, key, id);
        return id;
    }

    /// <summary>The text of a name; <see langword="null"/> for 0, which is what is not known.</summary>
    public string? Text(long id)
    {
        if (id == 0)
            return null;
        if (_texts.TryGetValue(id, out string? known))
            return known;

        Statement statement = database.Prepare("SELECT text FROM name WHERE id = ?").Bind(1, id);
        string text = statement.Next() ? statement.Text(0) : throw Missing("name", id);
        statement.Reset();
        Remember(_texts, id, text);
        return text;
    }

    /// <summary>A figure of a series, whose value is of no account: all figures of it differ in nothing else.</summary>
    public RunMetric Pattern(long series)
    {
        if (_patterns.TryGetValue(series, out RunMetric? known))
            return known;

        Statement statement = database.Prepare("SELECT service, metric, unit, operation FROM series WHERE id = ?").Bind(1, series);
        if (!statement.Next())
            throw Missing("series", series);
        var pattern = new RunMetric(Text(statement.Integer(0))!, Text(statement.Integer(1))!, 0, Text(statement.Integer(2))!)
        {
            Operation = Text(statement.Integer(3))!,
        };
        statement.Reset();
        Remember(_patterns, series, pattern);
        return pattern;
    }

    private static SqliteFailure Missing(string table, long id) => new(SQLitePCL.raw.SQLITE_CORRUPT, $"{table} {id} is missing");

    private static void Remember<TKey, TValue>(Dictionary<TKey, TValue> memory, TKey key, TValue value)
        where TKey : notnull
    {
        if (memory.Count >= MaxRemembered)
            memory.Clear();
        memory[key] = value;
    }

    private Statement Bind(string sql, SeriesKey key) => database.Prepare(sql)
        .Bind(1, key.Service).Bind(2, key.Metric).Bind(3, key.Operation).Bind(4, key.Application)
        .Bind(5, key.Kind).Bind(6, key.Machine).Bind(7, key.Branch).Bind(8, key.Unit);
}
