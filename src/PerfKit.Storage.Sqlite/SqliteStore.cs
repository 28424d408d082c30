using System.Runtime.CompilerServices;

namespace PerfKit.Storage.Sqlite;

/// <summary>Keeps runs in an SQLite database that threads and processes of one machine may share.</summary>
/// <remarks>
/// <para>
/// Safe to call from several threads, instances and processes at once: one writes at a time, the others wait up to
/// <see cref="SqliteStoreOptions.BusyTimeout"/>, and readers wait for nobody. The database is in write-ahead mode, which needs
/// shared memory: the file must not lie on a network share.
/// </para>
/// <para>
/// A run is kept when its task has completed, even if the process is killed at that moment. What a power cut may take along,
/// <see cref="SqliteStoreOptions.SurvivesPowerCut"/> tells. The work is done on the thread pool.
/// </para>
/// <para>
/// Where a method throws <see cref="IOException"/>, the file cannot be used or stayed locked; <see cref="InvalidDataException"/>
/// means that the file is damaged, another program's or a newer version's. Neither changes the file.
/// </para>
/// <para>
/// A file that is moved away, removed or replaced while the store is open is noticed: the next call uses what the path then names, a new
/// database if there is nothing. A call that was under way ends with an <see cref="IOException"/>.
/// </para>
/// </remarks>
public sealed class SqliteStore : IPerformanceStore, IFileStore, IDisposable
{
    private const int RunsInAPortion = 32;

    private readonly string _path;
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly Sessions _sessions;

    /// <summary>Names the file. Nothing on the disk is touched before the first call.</summary>
    /// <param name="path">The file; it and its folder are created when the first run is kept.</param>
    /// <param name="options">How runs are kept; <see langword="null"/> means the defaults.</param>
    /// <param name="timeProvider">Tells the age of runs, and times the waiting for others; <see langword="null"/> means the system's clock.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank, or an option is not what it allows.</exception>
    public SqliteStore(string path, SqliteStoreOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        _options = options ?? new SqliteStoreOptions();
        _options.Validate();
        _time = timeProvider ?? TimeProvider.System;
        _sessions = new Sessions(_path, _options, _time);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be used, or others wrote for all of the busy timeout.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, another program's or a newer version's.</exception>
    public Task AppendAsync(AuditRun run, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        RunRules.Check(run);
        return AppendManyAsync([run], ct);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// All of them in one transaction: they are kept together or not at all. The runs are enumerated while it is open, so that there may be
    /// more of them than fit into memory; what the enumeration throws ends it.
    /// </remarks>
    /// <exception cref="IOException">The file cannot be used, or others wrote for all of the busy timeout.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, another program's or a newer version's.</exception>
    public Task<int> AppendManyAsync(IEnumerable<AuditRun> runs, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return _sessions.WriteAsync(database => Append(database, runs, ct), ct);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be used.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, another program's or a newer version's.</exception>
    public async Task<IReadOnlyList<AuditRun>> QueryAsync(RunQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RunRules.CheckLimit(query.Limit, nameof(query));
        List<StoredRun> runs = await ReadAsync(query, after: null, query.Limit ?? -1, ct).ConfigureAwait(false);
        return runs.ConvertAll(stored => stored.Run);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be used.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, another program's or a newer version's.</exception>
    public async IAsyncEnumerable<AuditRun> StreamAsync(RunQuery query, [EnumeratorCancellation] CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RunRules.CheckLimit(query.Limit, nameof(query));
        RunPlace? after = null;
        for (int left = query.Limit ?? int.MaxValue; left > 0;)
        {
            List<StoredRun> portion = await ReadAsync(query, after, Math.Min(left, RunsInAPortion), ct).ConfigureAwait(false);
            foreach (StoredRun stored in portion)
                yield return stored.Run;
            if (portion.Count < Math.Min(left, RunsInAPortion))
                break;
            after = portion[^1].Place;
            left -= portion.Count;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be used.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, another program's or a newer version's.</exception>
    public async Task<IReadOnlyList<MetricPoint>> QueryMetricsAsync(MetricQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RunRules.CheckLimit(query.Limit, nameof(query));
        if (!OwnFiles.Exists(_path))
            return [];          // a question leaves no trace on the disk
        MetricQuery young = query with { From = Later(query.From, Oldest()) };
        return await _sessions.ReadAsync(database => new HistoryReader(database, young).Read(), ct).ConfigureAwait(false);
    }

    /// <summary>Writes every run kept into one portable, versioned JSON file, replacing it if it exists.</summary>
    /// <param name="path">The file to write; it appears whole or not at all. Not the store's own file.</param>
    /// <param name="ct">Cancels the export; an existing file then stays as it was.</param>
    /// <returns>How many runs the file holds.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank or the store's own file.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Task<int> ExportAsync(string path, CancellationToken ct = default) => RunExchange.ExportAsync(this, path, ct);

    /// <summary>Adds the runs of an exported file, all in one transaction. Runs whose id is kept already are left as they are.</summary>
    /// <param name="path">The file to read; it may be larger than memory.</param>
    /// <param name="ct">Cancels the import; nothing is added then.</param>
    /// <returns>How many runs were added; those beyond the retention are forgotten as always.</returns>
    /// <exception cref="StoreFormatException">Something in the file is not allowed. Nothing was added.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is blank or the store's own file.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Task<int> ImportAsync(string path, CancellationToken ct = default) => RunExchange.ImportAsync(this, path, ct);

    /// <summary>Closes the file. Calls that are under way end first.</summary>
    public void Dispose() => _sessions.Dispose();

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;

    private int Append(Database database, IEnumerable<AuditRun> runs, CancellationToken ct)
    {
        var writer = new RunWriter(database);
        int added = 0;
        long last = 0;
        foreach (AuditRun run in runs)
        {
            ct.ThrowIfCancellationRequested();
            RunRules.Check(run);
            if (writer.Add(run) is not { } id)
                continue;
            added++;
            last = id;
        }

        if (added > 0)
            new Retention(database, _options).Apply(added, last);
        return added;
    }

    private async Task<List<StoredRun>> ReadAsync(RunQuery query, RunPlace? after, long most, CancellationToken ct)
    {
        if (!OwnFiles.Exists(_path))
            return [];          // a question leaves no trace on the disk
        RunQuery young = query with { From = Later(query.From, Oldest()) };
        return await _sessions.ReadAsync(database => RunReader.Read(database, young, after, most), ct).ConfigureAwait(false);
    }

    /// <summary>What finished before is too old.</summary>
    private DateTimeOffset? Oldest()
    {
        DateTimeOffset now = _time.GetUtcNow();
        return _options.MaxAge is { } age && age < now - DateTimeOffset.MinValue ? now - age : null;
    }

    string IFileStore.OtherPath(string path) => OwnFiles.Refuse(path, _path, "-wal", "-shm", "-journal");
}
