using System.Text.Json;

namespace PerfKit.Storage;

/// <summary>Keeps runs in one text file, a JSON object a line, that several processes may share.</summary>
/// <remarks>
/// <para>
/// Safe to call from several threads, instances and processes at once: a lock file beside the store, its path with
/// <c>.lock</c> appended, lets one of them at a time touch the file. A file system that does not honor locks between machines
/// (some network shares) must not be shared between machines.
/// </para>
/// <para>
/// A run is written with one write and flushed to the disk. A crash can tear at most the line being written; a torn or foreign
/// line is skipped, counted in <see cref="SkippedLines"/>, and takes no other line along.
/// </para>
/// </remarks>
public sealed class JsonLinesStore : IPerformanceStore, IFileStore
{
    /// <summary>The default of <see cref="MaxRuns"/>.</summary>
    public const int DefaultMaxRuns = 1_000;

    private const long MaxBytesAtOnce = 64L * 1024 * 1024;

    private readonly string _path;
    private readonly JsonLinesFile _file;
    private readonly TimeProvider _time;
    private int _skippedLines;

    /// <summary>Names the file. Nothing on the disk is touched before the first call.</summary>
    /// <param name="path">The file; it and its folder are created when the first run is kept.</param>
    /// <param name="maxRuns">See <see cref="MaxRuns"/>.</param>
    /// <param name="timeProvider">Times the waiting for other processes; <see langword="null"/> means the system's clock.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxRuns"/> is below 1.</exception>
    public JsonLinesStore(string path, int maxRuns = DefaultMaxRuns, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRuns, 1);
        _path = Path.GetFullPath(path);
        _file = new JsonLinesFile(_path);
        _time = timeProvider ?? TimeProvider.System;
        MaxRuns = maxRuns;
    }

    /// <summary>Gets how many runs are kept; at least 1, by default 1,000.</summary>
    /// <value>
    /// Beyond it, the runs with the oldest <see cref="AuditRun.FinishedAt"/> are forgotten. They leave the answers at once, and
    /// the file, together with unreadable lines, when it has grown an eighth too long. A file with more lines that are no runs than
    /// lines that are is left alone: it is somebody else's.
    /// </value>
    public int MaxRuns { get; }

    /// <summary>Gets how many lines this instance's latest reading of the file could not use; 0 before the first.</summary>
    public int SkippedLines => Volatile.Read(ref _skippedLines);

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written, or another process held it for 10 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public Task AppendAsync(AuditRun run, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        return AppendManyAsync([run], ct);
    }

    /// <inheritdoc/>
    /// <remarks>They are written at once, all or none, after every one was checked. Together at most 64 MiB as the store's lines.</remarks>
    /// <exception cref="IOException">The file cannot be written, or another process held it for 10 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public async Task<int> AppendManyAsync(IEnumerable<AuditRun> runs, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        List<(Guid Id, byte[] Line)> lines = ToLines(runs);

        using IDisposable held = await LockAsync(ct).ConfigureAwait(false);
        HashSet<Guid> known = [.. (await ReadLinesAsync(ct).ConfigureAwait(false)).Select(line => line.Run.Id)];
        List<byte[]> added = [.. lines.Where(line => known.Add(line.Id)).Select(line => line.Line)];
        if (added.Count > 0)
            await AppendAndForgetAsync([.. added.SelectMany(line => line)]).ConfigureAwait(false);
        return added.Count;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be read, or another process held it for 10 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be used.</exception>
    public async Task<IReadOnlyList<AuditRun>> QueryAsync(RunQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RunRules.CheckLimit(query.Limit, nameof(query));

        IEnumerable<AuditRun> runs = (await ReadAsync(ct).ConfigureAwait(false)).Where(query.Matches);
        return [.. query.Limit is { } limit ? runs.Take(limit) : runs];
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be read, or another process held it for 10 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be used.</exception>
    public async Task<IReadOnlyList<MetricPoint>> QueryMetricsAsync(MetricQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RunRules.CheckLimit(query.Limit, nameof(query));

        IEnumerable<MetricPoint> newestFirst = (await ReadAsync(ct).ConfigureAwait(false))
            .Where(query.Matches)
            .SelectMany(run => run.Metrics.Where(query.Matches).Reverse()
                .Select(metric => new MetricPoint(run.Id, run.FinishedAt, run.Commit, run.Branch, run.MachineFingerprint, metric)));
        return [.. newestFirst.Take(query.Limit ?? int.MaxValue).Reverse()];
    }

    /// <summary>Writes every run kept into one portable, versioned JSON file, replacing it if it exists.</summary>
    /// <param name="path">The file to write; it appears whole or not at all. Not the store's own file.</param>
    /// <param name="ct">Cancels the export; an existing file then stays as it was.</param>
    /// <returns>How many runs the file holds.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or the store's own file.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Task<int> ExportAsync(string path, CancellationToken ct = default) => RunExchange.ExportAsync(this, path, ct);

    /// <summary>Adds the runs of a file that <see cref="ExportAsync"/> wrote. Runs whose id is kept already are left as they are.</summary>
    /// <param name="path">The file to read, at most 64 MiB. It is checked as a whole before anything is added.</param>
    /// <param name="ct">Cancels the import; a run is added whole or not at all.</param>
    /// <returns>How many runs were added; those beyond <see cref="MaxRuns"/> are forgotten as always.</returns>
    /// <exception cref="StoreFormatException">Something in the file is not allowed. Nothing was added.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or the store's own file.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public Task<int> ImportAsync(string path, CancellationToken ct = default)
    {
        string source = OtherPath(path);
        long length = new FileInfo(source).Length;
        return length > MaxBytesAtOnce
            ? throw new StoreFormatException("$", $"{Node.Invariant(length)} bytes", $"at most {Node.Invariant(MaxBytesAtOnce)} bytes")
            : RunExchange.ImportAsync(this, source, ct);
    }

    private static byte[] ToLine(AuditRun run)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(run, StoreJson.Default.AuditRun);
        // What reading would pass over must not seem to be kept. Bytes are no fewer than characters.
        return json.Length <= BoundedLines.MaxLength ? [.. json, (byte)'\n'] : throw new ArgumentException(
            $"run is {Node.Invariant(json.Length)} bytes as a line of the file; allowed is at most {Node.Invariant(BoundedLines.MaxLength)}.", nameof(run));
    }

    private static List<(Guid Id, byte[] Line)> ToLines(IEnumerable<AuditRun> runs)
    {
        List<(Guid, byte[])> lines = [];
        long bytes = 0;
        foreach (AuditRun run in runs)
        {
            RunRules.Check(run);
            byte[] line = ToLine(run);
            lines.Add((run.Id, line));
            bytes += line.Length;
            if (bytes > MaxBytesAtOnce)
                throw new ArgumentException($"The runs are more than {Node.Invariant(MaxBytesAtOnce)} bytes; allowed is no more than that at once.", nameof(runs));
        }

        return lines;
    }

    string IFileStore.OtherPath(string path) => OtherPath(path);

    private string OtherPath(string path) => OwnFiles.Refuse(path, _path, ".lock", ".tmp");

    private Task<IDisposable> LockAsync(CancellationToken ct)
    {
        OwnFiles.RefuseFolder(_path);
        if (Path.GetDirectoryName(_path) is { } folder)
            Directory.CreateDirectory(folder);
        return FileLock.AcquireAsync(_path + ".lock", _time, ct);
    }

    private async Task<IEnumerable<AuditRun>> ReadAsync(CancellationToken ct)
    {
        if (!OwnFiles.Exists(_path))
            return [];          // a question leaves no trace on the disk

        using IDisposable held = await LockAsync(ct).ConfigureAwait(false);
        return Newest(await ReadLinesAsync(ct).ConfigureAwait(false)).Select(line => line.Run);
    }

    private async Task<List<JsonLinesFile.Line>> ReadLinesAsync(CancellationToken ct)
    {
        (List<JsonLinesFile.Line> lines, int skipped) = await _file.ReadAsync(ct).ConfigureAwait(false);
        Volatile.Write(ref _skippedLines, skipped);
        return lines;
    }

    /// <summary>
    /// The runs that are kept, newest first; of two that finished together, the one stored later counts as newer. People may have joined
    /// files: of lines with one id, the first is the run.
    /// </summary>
    private IEnumerable<JsonLinesFile.Line> Newest(List<JsonLinesFile.Line> lines) =>
        lines.DistinctBy(line => line.Run.Id).Reverse().OrderByDescending(line => line.Run.FinishedAt).Take(MaxRuns);

    /// <summary>Takes no cancellation: once a write begins it is finished, so that no line is torn. Runs under the lock.</summary>
    private async Task AppendAndForgetAsync(byte[] block)
    {
        if (_file.Append(block) <= MaxRuns + MaxRuns / 8)
            return;

        try
        {
            List<JsonLinesFile.Line> lines = await ReadLinesAsync(CancellationToken.None).ConfigureAwait(false);
            if (SkippedLines > lines.Count)
                return;     // more of it is something else, a log perhaps: not this store's to tidy up

            _file.Replace(Newest(lines).Reverse().Select(line => line.Text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The run is kept; only the file stays longer than it should, and the next append tries again.
        }
    }
}
