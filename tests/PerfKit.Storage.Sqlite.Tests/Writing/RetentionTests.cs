namespace PerfKit.Storage.Sqlite.Tests;

public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string StorePath => _folder["runs.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AppendAsync_beyondMaxRuns_forgetsTheOldest()
    {
        using var store = new SqliteStore(StorePath, new SqliteStoreOptions { MaxRuns = 3 });

        foreach (int minutes in (int[])[5, 3, 9, 1, 7])
            await store.AppendAsync(Sample.Run(minutes));

        Assert.Equal([9, 7, 5], await MinutesOf(store));
        Assert.Equal(3, Raw.Integer(StorePath, "SELECT count(*) FROM metric"));
    }

    [Fact]
    public async Task AppendAsync_beyondMaxRunsThatAllFinishedTogether_forgetsThoseStoredFirst()
    {
        using var store = new SqliteStore(StorePath, new SqliteStoreOptions { MaxRuns = 2 });
        Guid[] ids = [.. Enumerable.Range(0, 5).Select(minutes => Sample.Run(minutes).Id)];

        foreach (Guid id in ids)
            await store.AppendAsync(Sample.Run() with { Id = id });

        Assert.Equal([ids[4], ids[3]], (await store.QueryAsync(new RunQuery())).Select(run => run.Id));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(127, 0)]
    [InlineData(640, 9)]
    [InlineData(10_000, 63)]
    public async Task AppendManyAsync_oneAfterAnother_neverKeepsMoreThanAPortionTooMany(int maxRuns, int atMostBesides)
    {
        using var store = new SqliteStore(StorePath, new SqliteStoreOptions { MaxRuns = maxRuns });
        await store.AppendManyAsync(Enumerable.Range(0, maxRuns).Select(Small));

        for (int i = 0; i < 70; i++)
        {
            await store.AppendAsync(Small(maxRuns + i));
            Assert.InRange(Raw.Integer(StorePath, "SELECT count(*) FROM run"), maxRuns, maxRuns + atMostBesides);
        }
    }

    [Fact]
    public async Task AppendAsync_runsBeyondMaxAge_leaveAnswersAtOnceAndStayInTheFile()
    {
        var clock = new SetTimeProvider(Sample.Noon.AddMinutes(10));
        using var store = new SqliteStore(StorePath, new SqliteStoreOptions { MaxAge = TimeSpan.FromMinutes(10) }, clock);
        await store.AppendManyAsync([Sample.Run(0), Sample.Run(5), Sample.Run(10)]);
        Assert.Equal([10, 5, 0], await MinutesOf(store));       // exactly as old as may be

        clock.Now = Sample.Noon.AddMinutes(15).AddTicks(1);

        Assert.Equal([10], await MinutesOf(store));
        Assert.Equal([10], (await store.StreamAsync(new RunQuery { From = Sample.Noon }).ToListAsync()).Select(Minutes));
        Assert.Single(await store.QueryMetricsAsync(new MetricQuery { Metric = "startup.duration" }));
        Assert.Equal(3, Raw.Integer(StorePath, "SELECT count(*) FROM run"));

        await store.AppendAsync(Sample.Run(15));

        Assert.Equal(4, Raw.Integer(StorePath, "SELECT count(*) FROM run"));
    }

    [Fact]
    public async Task AppendAsync_clockAheadByYears_hidesRunsUntilItIsRightAgain()
    {
        var clock = new SetTimeProvider(Sample.Noon.AddYears(50));
        using var store = new SqliteStore(StorePath, new SqliteStoreOptions { MaxAge = TimeSpan.FromDays(90) }, clock);
        await store.AppendManyAsync([Sample.Run(0), Sample.Run(1)]);
        AuditRun ahead = Sample.Run(2) with { FinishedAt = clock.Now };
        await store.AppendAsync(ahead);
        Assert.Equal([ahead.Id], (await store.QueryAsync(new RunQuery())).Select(run => run.Id));

        clock.Now = Sample.Noon.AddMinutes(3);

        Assert.Equal([ahead.Id, Sample.Run(1).Id, Sample.Run(0).Id], (await store.QueryAsync(new RunQuery())).Select(run => run.Id));
    }

    [Fact]
    public async Task Apply_namesAndSeriesOfForgottenRuns_areForgottenToo()
    {
        using var store = new SqliteStore(StorePath, new SqliteStoreOptions { MaxRuns = 10 });

        for (int i = 0; i < 1_100; i++)
            await store.AppendAsync(Small(i) with { Branch = $"branch {i}" });

        Assert.Equal(10, Raw.Integer(StorePath, "SELECT count(*) FROM series"));
        Assert.InRange(Raw.Integer(StorePath, "SELECT count(*) FROM name"), 10, 100);
        Assert.Equal(10, (await store.QueryMetricsAsync(new MetricQuery { Metric = "m" })).Select(point => point.Branch).Distinct().Count());
    }

    [Fact]
    public async Task Apply_manyForgottenAtOnce_givesPagesBack()
    {
        RunMetric[] metrics = [.. Enumerable.Range(0, 100).Select(i => new RunMetric("s", $"m{i}", i + 0.5, ""))];
        using (var large = new SqliteStore(StorePath))
            await large.AppendManyAsync(Enumerable.Range(0, 500).Select(i => Small(i) with { Metrics = metrics }));
        long before = new FileInfo(StorePath).Length;

        using (var small = new SqliteStore(StorePath, new SqliteStoreOptions { MaxRuns = 5 }))
            await small.AppendAsync(Small(1_000));

        Assert.Equal(5, Raw.Integer(StorePath, "SELECT count(*) FROM run"));
        Assert.InRange(new FileInfo(StorePath).Length, 1, before / 4);
    }

    [Fact]
    public async Task AppendAsync_seriesThatAnotherStoreForgot_areMadeAgain()
    {
        using var one = new SqliteStore(StorePath);
        await one.AppendAsync(Sample.Run(0));
        using (var other = new SqliteStore(StorePath, new SqliteStoreOptions { MaxRuns = 1 }))
            await other.AppendAsync(Small(5));

        await one.AppendAsync(Sample.Run(9));

        Assert.Equal(Sample.Text(Sample.Run(9)), Sample.Text((await one.QueryAsync(new RunQuery()))[0]));
        Assert.Equal(9, Minutes((await one.QueryAsync(new RunQuery { Application = "shop" }))[0]));
        Assert.Single(await one.QueryMetricsAsync(new MetricQuery { Service = "search_index" }));
    }

    private static AuditRun Small(int minutes) => Sample.Run(minutes) with { Metrics = [new RunMetric("", "m", minutes, "")] };

    private static int Minutes(AuditRun run) => (int)(run.FinishedAt - Sample.Noon).TotalMinutes;

    private static async Task<IEnumerable<int>> MinutesOf(SqliteStore store) => (await store.QueryAsync(new RunQuery())).Select(Minutes);

    private sealed class SetTimeProvider(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
