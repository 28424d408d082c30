namespace PerfKit.Storage.Sqlite.Tests;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string StorePath => _folder["runs.db"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1, 0, "MaxRuns is 0; allowed is 1 or more.")]
    [InlineData(1, 0, 0, "MaxAge is 00:00:00; allowed is more than zero, or null.")]
    [InlineData(1, 1, -1, "BusyTimeout is -00:00:01; allowed is zero or more.")]
    [InlineData(1, 1, 0, null)]
    public void Constructor_optionsAtTheirEnds_areTakenOrNamed(int maxRuns, int ageSeconds, int timeoutSeconds, string? mistake)
    {
        var options = new SqliteStoreOptions { MaxRuns = maxRuns, MaxAge = TimeSpan.FromSeconds(ageSeconds), BusyTimeout = TimeSpan.FromSeconds(timeoutSeconds) };

        if (mistake is null)
            new SqliteStore(StorePath, options).Dispose();
        else
            Assert.StartsWith(mistake, Assert.Throws<ArgumentException>(() => new SqliteStore(StorePath, options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("runs.db")]
    [InlineData("runs.db-wal")]
    [InlineData("runs.db-shm")]
    [InlineData("runs.db-journal")]
    [InlineData("link/runs.db")]
    public async Task ExportAsync_toAFileOfItsOwn_isRefused(string target)
    {
        Directory.CreateSymbolicLink(_folder["link"], Path.GetDirectoryName(StorePath)!);
        using var store = new SqliteStore(StorePath);
        await store.AppendAsync(Sample.Run());

        await Assert.ThrowsAsync<ArgumentException>("path", () => store.ExportAsync(_folder[target]));
        await Assert.ThrowsAsync<ArgumentException>("path", () => RunExchange.ExportAsync(store, _folder[target]));
        await Assert.ThrowsAsync<ArgumentException>("path", () => RunExchange.ImportAsync(store, _folder[target]));

        Assert.Single(await store.QueryAsync(new RunQuery()));
        using var again = new SqliteStore(StorePath);
        Assert.Single(await again.QueryAsync(new RunQuery()));
    }

    [Theory]
    [InlineData("finished = 9223372036854775807")]
    [InlineData("finished = -1")]
    [InlineData("utc_offset = 9000")]
    public async Task QueryAsync_instantThatIsNone_isDamage(string damage)
    {
        using (var store = new SqliteStore(StorePath))
            await store.AppendAsync(Sample.Run());
        Raw.Execute(StorePath, $"UPDATE run SET {damage}");

        using var damaged = new SqliteStore(StorePath);
        await Assert.ThrowsAsync<InvalidDataException>(() => damaged.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task AppendAsync_missingFolder_isCreated()
    {
        using var store = new SqliteStore(Path.Combine(_folder["a"], "b", "runs.db"));

        await store.AppendAsync(Sample.Run());

        Assert.Single(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task AppendAsync_runOfTheMostMetrics_comesBackInOrder()
    {
        RunMetric[] metrics = [.. Enumerable.Range(0, 10_000).Select(i => new RunMetric("s", "m", i, ""))];
        using var store = new SqliteStore(StorePath);

        await store.AppendManyAsync([Sample.Run(0) with { Metrics = metrics }, Sample.Run(1)]);

        IReadOnlyList<AuditRun> runs = await store.QueryAsync(new RunQuery());
        Assert.Equal(metrics, runs[1].Metrics);
        Assert.Equal(Sample.Run(1).Metrics, runs[0].Metrics);
    }

    [Fact]
    public async Task AppendAsync_whileAnotherWrites_waitsAndThenSaysSo()
    {
        var clock = new SkippingTimeProvider();
        using var store = new SqliteStore(StorePath, timeProvider: clock);
        await store.AppendAsync(Sample.Run(0));
        using Database other = Database.Open(StorePath);
        other.Execute("BEGIN IMMEDIATE");

        IOException error = await Assert.ThrowsAsync<IOException>(() => store.AppendAsync(Sample.Run(1)));

        Assert.Equal($"The run store is in use: {StorePath} stayed locked for 30 s.", error.Message);
        Assert.InRange(clock.Skipped, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30.1));
        Assert.Single(await store.QueryAsync(new RunQuery()));      // whoever reads waits for nobody

        other.Execute("ROLLBACK");
        await store.AppendAsync(Sample.Run(1));
        Assert.Equal(2, (await store.QueryAsync(new RunQuery())).Count);
    }

    [Fact]
    public async Task AppendAsync_canceledWhileAnotherWrites_endsAtOnceAndKeepsNothing()
    {
        using var cancellation = new CancellationTokenSource();
        using var store = new SqliteStore(StorePath, timeProvider: new CancelingTimeProvider(cancellation));
        using (var first = new SqliteStore(StorePath))
            await first.AppendAsync(Sample.Run(0));
        using (Database other = Database.Open(StorePath))
        {
            other.Execute("BEGIN IMMEDIATE");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AppendAsync(Sample.Run(1), cancellation.Token));
        }

        Assert.Single(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task AppendManyAsync_canceledHalfway_keepsNone()
    {
        using var cancellation = new CancellationTokenSource();
        using var store = new SqliteStore(StorePath);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.AppendManyAsync(Runs(), cancellation.Token));

        Assert.Empty(await store.QueryAsync(new RunQuery()));
        Assert.Equal(1, await store.AppendManyAsync([Sample.Run()]));

        IEnumerable<AuditRun> Runs()
        {
            for (int i = 0; i < 100; i++)
            {
                if (i == 50)
                    cancellation.Cancel();
                yield return Sample.Run(i);
            }
        }
    }

    [Fact]
    public async Task AppendManyAsync_enumerationThatFails_keepsNoneAndTellsTheReason()
    {
        using var store = new SqliteStore(StorePath);

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => store.AppendManyAsync(
            Enumerable.Range(0, 3).Select(i => i < 2 ? Sample.Run(i) : throw new TimeZoneNotFoundException())));

        Assert.Empty(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task ExportAsync_ontoTheStoreItself_isRefused()
    {
        using var store = new SqliteStore(StorePath);
        await store.AppendAsync(Sample.Run());

        await Assert.ThrowsAsync<ArgumentException>(() => store.ExportAsync(StorePath));
        await Assert.ThrowsAsync<ArgumentException>(() => store.ImportAsync(StorePath));

        Assert.Single(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task ImportAsync_fromTheFileStore_isTheSame()
    {
        var lines = new JsonLinesStore(_folder["runs.jsonl"]);
        await lines.AppendManyAsync(Enumerable.Range(0, 5).Select(i => Sample.Run(i)));
        using var store = new SqliteStore(StorePath);

        await lines.ExportAsync(_folder["export.json"]);
        Assert.Equal(5, await store.ImportAsync(_folder["export.json"]));

        Assert.Equal((await lines.QueryAsync(new RunQuery())).Select(Sample.Text), (await store.QueryAsync(new RunQuery())).Select(Sample.Text));
        await store.ExportAsync(_folder["again.json"]);
        Assert.Equal(await File.ReadAllTextAsync(_folder["export.json"]), await File.ReadAllTextAsync(_folder["again.json"]));
    }

    [Fact]
    public async Task AppendAsync_fileThatWasRemovedMeanwhile_isMadeAgain()
    {
        using var store = new SqliteStore(StorePath);
        await store.AppendAsync(Sample.Run(0));
        File.Delete(StorePath);

        await store.AppendAsync(Sample.Run(1));

        using var other = new SqliteStore(StorePath);
        Assert.Equal(Sample.Run(1).Id, Assert.Single(await other.QueryAsync(new RunQuery())).Id);
    }

    [Fact]
    public async Task AppendAsync_fileThatWasMovedMeanwhile_takesAllItHadAlongAndIsMadeAgain()
    {
        if (OperatingSystem.IsWindows())
            return;         // open files are not moved there
        using var store = new SqliteStore(StorePath);
        await store.AppendManyAsync([Sample.Run(0), Sample.Run(1)]);
        File.Move(StorePath, _folder["moved.db"]);

        Assert.Empty(await store.QueryAsync(new RunQuery()));
        await store.AppendAsync(Sample.Run(2));

        Assert.Equal([2], await MinutesIn(StorePath));
        Assert.Equal([1, 0], await MinutesIn(_folder["moved.db"]));
    }

    [Fact]
    public async Task Calls_fileThatWasReplacedMeanwhile_useTheOneThatIsThere()
    {
        if (OperatingSystem.IsWindows())
            return;
        using (var backup = new SqliteStore(_folder["backup.db"]))
            await backup.AppendAsync(Sample.Run(0));
        using var store = new SqliteStore(StorePath);
        await store.AppendAsync(Sample.Run(1));
        File.Move(_folder["backup.db"], StorePath, overwrite: true);

        Assert.Equal([0], Minutes(await store.QueryAsync(new RunQuery())));
        await store.AppendAsync(Sample.Run(2));

        Assert.Equal([2, 0], await MinutesIn(StorePath));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendManyAsync_fileThatIsMovedOrRemovedMeanwhile_saysSoAndMayBeRepeated(bool isMoved)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var store = new SqliteStore(StorePath);
        await store.AppendAsync(Sample.Run(0));

        IOException error = await Assert.ThrowsAsync<IOException>(() => store.AppendManyAsync(Enumerable.Range(1, 2).Select(minutes =>
        {
            if (minutes == 2 && isMoved)
                File.Move(StorePath, _folder["moved.db"]);
            else if (minutes == 2)
                File.Delete(StorePath);
            return Sample.Run(minutes);
        })));
        await store.AppendManyAsync([Sample.Run(1), Sample.Run(2)]);

        Assert.StartsWith($"The run store {StorePath} was moved or removed while a call used it.", error.Message, StringComparison.Ordinal);
        Assert.Equal([2, 1], await MinutesIn(StorePath));
        if (isMoved)
            Assert.Equal([2, 1, 0], await MinutesIn(_folder["moved.db"]));
    }

    [Fact]
    public async Task Dispose_laterCalls_areRefused()
    {
        var store = new SqliteStore(StorePath);
        await store.AppendAsync(Sample.Run());

        store.Dispose();
        store.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.AppendAsync(Sample.Run(1)));
        Assert.Equal(["runs.db"], _folder.Names);       // closing writes the log into the file
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task SurvivesPowerCut_waitsForTheDiskAtEachAppend(bool survives, int synchronous)
    {
        using var sessions = new Sessions(StorePath, new SqliteStoreOptions { SurvivesPowerCut = survives }, TimeProvider.System);

        Assert.Equal(synchronous, await sessions.ReadAsync(database => database.Integer("PRAGMA synchronous"), default));
    }

    private static async Task<IEnumerable<int>> MinutesIn(string path)
    {
        using var store = new SqliteStore(path);
        return Minutes(await store.QueryAsync(new RunQuery()));
    }

    private static IEnumerable<int> Minutes(IEnumerable<AuditRun> runs) => runs.Select(run => (int)(run.FinishedAt - Sample.Noon).TotalMinutes);

    /// <summary>Cancels as soon as somebody waits.</summary>
    private sealed class CancelingTimeProvider(CancellationTokenSource cancellation) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer never = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            cancellation.Cancel();
            return never;
        }
    }
}
