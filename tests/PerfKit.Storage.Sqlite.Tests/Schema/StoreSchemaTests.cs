namespace PerfKit.Storage.Sqlite.Tests;

public sealed class StoreSchemaTests : IDisposable
{
    /// <summary>A file as version 1 left it; never to be changed.</summary>
    private const string Version1 =
        """
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA journal_mode = WAL;
        BEGIN;
        CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
        CREATE TABLE run (id INTEGER PRIMARY KEY, guid BLOB NOT NULL UNIQUE, application INTEGER NOT NULL, kind INTEGER NOT NULL, finished INTEGER NOT NULL,
            utc_offset INTEGER NOT NULL, machine INTEGER NOT NULL, branch INTEGER NOT NULL, revision TEXT, facts TEXT);
        CREATE INDEX run_by_finish ON run (finished);
        CREATE INDEX run_by_application ON run (application, finished, kind, machine);
        CREATE TABLE series (id INTEGER PRIMARY KEY, service INTEGER NOT NULL, metric INTEGER NOT NULL, operation INTEGER NOT NULL, application INTEGER NOT NULL,
            kind INTEGER NOT NULL, machine INTEGER NOT NULL, branch INTEGER NOT NULL, unit INTEGER NOT NULL,
            UNIQUE (service, metric, operation, application, kind, machine, branch, unit));
        CREATE INDEX series_by_metric ON series (metric);
        CREATE TABLE metric (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, finished INTEGER NOT NULL, value REAL NOT NULL);
        CREATE INDEX metric_history ON metric (series, finished);
        INSERT INTO name VALUES (1, 'shop'), (2, 'linux-x64/2'), (3, 'search_index'), (4, 'startup.duration'), (5, ''), (6, 'ms');
        INSERT INTO run VALUES (1, x'00000001000100010000000000000000', 1, 0, 639054576000000000, 60, 2, 0, '4f1c2d', '{"cpu":"x"}');
        INSERT INTO series VALUES (1, 3, 4, 5, 1, 0, 2, 0, 6);
        INSERT INTO metric VALUES (16384, 1, 639054576000000000, 1834.25);
        PRAGMA application_id = 1348881268;
        PRAGMA user_version = 1;
        COMMIT;
        """;

    private readonly TemporaryFolder _folder = new();

    private string StorePath => _folder["runs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Migrate_fileOfVersion1_keepsItsRuns()
    {
        Raw.Execute(StorePath, Version1);
        using var store = new SqliteStore(StorePath);

        AuditRun run = Assert.Single(await store.QueryAsync(new RunQuery()));
        MetricPoint point = Assert.Single(await store.QueryMetricsAsync(new MetricQuery { Service = "search_index" }));
        await store.AppendAsync(Sample.Run(5));

        AuditRun expected = Sample.Run() with { FinishedAt = Sample.Noon.ToOffset(TimeSpan.FromHours(1)), Facts = new Dictionary<string, string> { ["cpu"] = "x" } };
        Assert.Equal(Sample.Text(expected), Sample.Text(run));
        Assert.Equal(1834.25, point.Figure.Value);
        Assert.Equal(StoreSchema.CurrentVersion, Raw.Integer(StorePath, "PRAGMA user_version"));
        Assert.Equal(2, (await store.QueryMetricsAsync(new MetricQuery { Service = "search_index" })).Count);
    }

    [Fact]
    public async Task Migrate_fileOfVersion1_hasTheSchemaOfANewFile()
    {
        Raw.Execute(StorePath, Version1);
        foreach (string path in (string[])[StorePath, _folder["new.db"]])
        {
            using var store = new SqliteStore(path);
            await store.AppendAsync(Sample.Run());
        }

        Assert.Equal(Shape(_folder["new.db"]), Shape(StorePath));

        static List<string> Shape(string path) => [.. Raw.Lines(path, "SELECT type || name || sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
            .Select(sql => new string([.. string.Join("", sql.Split('\n').Select(line => line.Split("--")[0])).Where(character => !char.IsWhiteSpace(character))]))];
    }

    [Fact]
    public async Task Open_fileOfANewerVersion_isRefusedAndLeftAsItIs()
    {
        using (var store = new SqliteStore(StorePath))
            await store.AppendAsync(Sample.Run());
        Raw.Execute(StorePath, "PRAGMA user_version = 99");
        byte[] before = await File.ReadAllBytesAsync(StorePath);

        using var later = new SqliteStore(StorePath);
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => later.AppendAsync(Sample.Run(1)));
        await Assert.ThrowsAsync<InvalidDataException>(() => later.QueryAsync(new RunQuery()));

        Assert.Contains($"{StorePath} was made by a newer PerfKit: its schema is version 99, and this one knows versions up to 2.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(StorePath));
    }

    [Fact]
    public async Task Open_anotherProgramsDatabase_isRefusedAndLeftAsItIs()
    {
        Raw.Execute(StorePath, "CREATE TABLE theirs (x)");
        byte[] before = await File.ReadAllBytesAsync(StorePath);

        using var store = new SqliteStore(StorePath);
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => store.AppendAsync(Sample.Run()));

        Assert.Contains("another program's", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(StorePath));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    public async Task Open_damagedFile_isRefusedWithWhatToDoAndLeftAsItIs(int damagedFrom)
    {
        using (var store = new SqliteStore(StorePath))
            await store.AppendManyAsync(Enumerable.Range(0, 100).Select(minutes => Sample.Run(minutes)));
        byte[] bytes = await File.ReadAllBytesAsync(StorePath);
        bytes.AsSpan(damagedFrom, 20_000).Fill(0x5A);
        await File.WriteAllBytesAsync(StorePath, bytes);

        using var damaged = new SqliteStore(StorePath);
        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => damaged.QueryAsync(new RunQuery()));
        await Assert.ThrowsAsync<InvalidDataException>(() => damaged.AppendAsync(Sample.Run(200)));

        Assert.Contains(StorePath, error.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed. Move it away", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(StorePath));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(4095)]
    public async Task Open_fileTooShortForADatabase_isRefusedAndLeftAsItIs(int length)
    {
        using (var whole = new SqliteStore(_folder["whole.db"]))
            await whole.AppendAsync(Sample.Run());
        byte[] head = (await File.ReadAllBytesAsync(_folder["whole.db"]))[..length];

        foreach (byte[] bytes in (byte[][])[head, [.. Enumerable.Repeat((byte)'x', length)]])
        {
            await File.WriteAllBytesAsync(StorePath, bytes);
            using var store = new SqliteStore(StorePath);
            InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => store.AppendAsync(Sample.Run()));
            await Assert.ThrowsAsync<InvalidDataException>(() => store.QueryAsync(new RunQuery()));

            Assert.StartsWith($"The run store {StorePath} is damaged or no SQLite database (", error.Message, StringComparison.Ordinal);
            Assert.Equal(bytes, await File.ReadAllBytesAsync(StorePath));
        }
    }

    [Fact]
    public async Task Open_emptyFile_isANewStore()
    {
        await File.WriteAllBytesAsync(StorePath, []);
        using var store = new SqliteStore(StorePath);

        await store.AppendAsync(Sample.Run());

        Assert.Single(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task Figure_theViewForOtherTools_tellsNamesAndInstants()
    {
        using var store = new SqliteStore(StorePath);
        await store.AppendAsync(Sample.Run() with { Branch = "main" });

        Assert.Equal(
            ["00000001-0001-0001-0000-000000000000 shop 0 2026-01-31 12:00:00 linux-x64/2 main 4f1c2d search_index startup.duration 1834.25 ms".Replace("-0001-0001-0000-", "000100010000", StringComparison.Ordinal)],
            Raw.Lines(StorePath, "SELECT run || ' ' || application || ' ' || kind || ' ' || finished_utc || ' ' || machine || ' ' || branch || ' ' || revision || ' ' || service || ' ' || metric || ' ' || value || ' ' || unit FROM figure"));
    }

    [Fact]
    public async Task History_isReadFromItsIndexAlone()
    {
        using (var store = new SqliteStore(StorePath))
            await store.AppendAsync(Sample.Run());

        using Database database = Database.Open(StorePath);
        Statement plan = database.Prepare("EXPLAIN QUERY PLAN " + HistoryReader.OfSeries);
        List<string> steps = [];
        while (plan.Next())
            steps.Add(plan.Text(3));

        Assert.Equal(
            ["SEARCH TABLE metric USING COVERING INDEX metric_history (series=? AND finished>? AND finished<?)", "SEARCH TABLE run USING INTEGER PRIMARY KEY (rowid=?)"],
            steps);
    }
}
