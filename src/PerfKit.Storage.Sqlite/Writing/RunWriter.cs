using System.Text.Json;

namespace PerfKit.Storage.Sqlite;

/// <summary>Adds runs within a transaction.</summary>
internal sealed class RunWriter(Database database)
{
    private readonly Statement _run = database.Prepare(
        "INSERT INTO run (guid, application, kind, finished, utc_offset, machine, branch, revision, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (guid) DO NOTHING");

    private readonly Statement _metric = database.Prepare("INSERT INTO metric (id, series, finished, value) VALUES (?, ?, ?, ?)");

    /// <summary>The series at each place of the run before: runs of one kind have the same figures in the same order.</summary>
    private readonly List<(RunMetric Metric, long Series)> _before = [];

    private SeriesKey _conditions;

    /// <summary>Returns the id that the run got; <see langword="null"/> when it was there already.</summary>
    public long? Add(AuditRun run)
    {
        Labels labels = database.Labels;
        var conditions = new SeriesKey
        {
            Application = labels.FindOrAdd(run.Application),
            Kind = (long)run.Kind,
            Machine = labels.FindOrAdd(run.MachineFingerprint),
            Branch = run.Branch is null ? 0 : labels.FindOrAdd(run.Branch),
        };
        _run.Bind(1, run.Id.ToByteArray(bigEndian: true)).Bind(2, conditions.Application).Bind(3, conditions.Kind)
            .Bind(4, run.FinishedAt.UtcTicks).Bind(5, (long)run.FinishedAt.Offset.TotalMinutes).Bind(6, conditions.Machine)
            .Bind(7, conditions.Branch).Bind(8, run.Commit).Bind(9, Facts(run.Facts)).Run();
        if (database.Changes == 0)
            return null;

        long id = database.LastInsertedId;
        if (conditions != _conditions)
            _before.Clear();
        _conditions = conditions;

        long finished = run.FinishedAt.UtcTicks;
        long metricId = id << StoreSchema.PlaceBits;
        IReadOnlyList<RunMetric> metrics = run.Metrics;
        for (int place = 0; place < metrics.Count; place++)
        {
            RunMetric metric = metrics[place];
            _metric.Bind(1, metricId + place).Bind(2, SeriesOf(metric, place)).Bind(3, finished).Bind(4, metric.Value).Run();
        }

        return id;
    }

    private static string? Facts(IReadOnlyDictionary<string, string> facts) => facts.Count == 0
        ? null
        : JsonSerializer.Serialize(new Dictionary<string, string>(facts, StringComparer.Ordinal), FactsJson.Default.DictionaryStringString);

    private long SeriesOf(RunMetric metric, int place)
    {
        if (place < _before.Count && HasSameNames(_before[place].Metric, metric))
            return _before[place].Series;

        Labels labels = database.Labels;
        long series = labels.FindOrAdd(_conditions with
        {
            Service = labels.FindOrAdd(metric.Service),
            Metric = labels.FindOrAdd(metric.Metric),
            Operation = labels.FindOrAdd(metric.Operation),
            Unit = labels.FindOrAdd(metric.Unit),
        });
        if (place < _before.Count)
            _before[place] = (metric, series);
        else
            _before.Add((metric, series));
        return series;
    }

    private static bool HasSameNames(RunMetric one, RunMetric other) =>
        one.Service == other.Service && one.Metric == other.Metric && one.Operation == other.Operation && one.Unit == other.Unit;
}
