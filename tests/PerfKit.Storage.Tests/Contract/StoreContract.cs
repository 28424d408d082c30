using FsCheck;

namespace PerfKit.Storage.Tests;

/// <summary>What every store does alike. A store's tests inherit it.</summary>
public abstract class StoreContract : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IPerformanceStore> _opened = [];

    private IPerformanceStore Store => field ??= Opened("runs");

    public void Dispose()
    {
        foreach (IDisposable store in _opened.OfType<IDisposable>())
            store.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void AppendAsync_anyRun_comesBackFromANewInstance() => Prop.ForAll(Sample.Any(), run =>
    {
        string name = run.Id.ToString("N");
        Opened(name).AppendAsync(run).GetAwaiter().GetResult();

        AuditRun read = Assert.Single(Opened(name).QueryAsync(new RunQuery()).GetAwaiter().GetResult());

        Assert.Equal(Sample.Text(Expected(run)), Sample.Text(read));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void QueryMetricsAsync_anyRuns_areTheFiguresOfThoseThatQueryAsyncReturns() => Prop.ForAll(
        Gen.Zip(Gen.NonEmptyListOf(Sample.Any().Generator), Gen.Choose(1, 20)).ToArbitrary(), given =>
    {
        AuditRun[] runs = [.. given.Item1.DistinctBy(run => run.Id)];
        IPerformanceStore store = Opened(Guid.NewGuid().ToString("N"));
        store.AppendManyAsync(runs).GetAwaiter().GetResult();
        RunMetric sought = runs.SelectMany(run => run.Metrics).FirstOrDefault() ?? new RunMetric("x", "x", 0, "");

        foreach (MetricQuery query in Queries(runs[0], sought, given.Item2))
        {
            IEnumerable<string> expected = store.QueryAsync(new RunQuery()).GetAwaiter().GetResult()
                .Where(run => Matches(query, run)).Reverse()
                .SelectMany(run => run.Metrics.Where(metric => Matches(query, metric)).Select(metric => $"{run.Id} {run.FinishedAt:O} {run.Branch} {metric}"))
                .TakeLast(query.Limit ?? int.MaxValue);

            IReadOnlyList<MetricPoint> points = store.QueryMetricsAsync(query).GetAwaiter().GetResult();

            Assert.Equal(expected, points.Select(point => $"{point.RunId} {point.FinishedAt:O} {point.Branch} {point.Figure}"));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task QueryAsync_eachCondition_restricts()
    {
        AuditRun first = Sample.Run(0), second = Sample.Run(1, "mail") with { Kind = AuditKind.Benchmark, MachineFingerprint = "other" };
        await Store.AppendAsync(first);
        await Store.AppendAsync(second);

        Assert.Equal([second.Id, first.Id], await Ids(new RunQuery()));
        Assert.Equal([first.Id], await Ids(new RunQuery { Application = "shop" }));
        Assert.Equal([second.Id], await Ids(new RunQuery { Kind = AuditKind.Benchmark }));
        Assert.Equal([second.Id], await Ids(new RunQuery { MachineFingerprint = "other" }));
        Assert.Equal([second.Id], await Ids(new RunQuery { From = second.FinishedAt }));
        Assert.Equal([first.Id], await Ids(new RunQuery { To = second.FinishedAt }));
        Assert.Equal([second.Id], await Ids(new RunQuery { Limit = 1 }));
        Assert.Empty(await Ids(new RunQuery { Application = "SHOP" }));
    }

    [Fact]
    public async Task QueryAsync_runsThatFinishedTogether_theOneStoredLaterIsTheNewer()
    {
        AuditRun one = Sample.Run(1) with { FinishedAt = Sample.Noon }, other = Sample.Run(0) with { FinishedAt = Sample.Noon };
        await Store.AppendAsync(one);
        await Store.AppendAsync(other);

        Assert.Equal([other.Id, one.Id], await Ids(new RunQuery()));
        Assert.Equal(other.Id, Assert.Single(await Store.QueryMetricsAsync(new MetricQuery { Service = "search_index", Limit = 1 })).RunId);
    }

    [Fact]
    public async Task QueryAsync_nothingKeptYet_isEmptyAndLeavesNoTrace()
    {
        Assert.Empty(await Store.QueryAsync(new RunQuery()));
        Assert.Empty(await Store.QueryMetricsAsync(new MetricQuery()));
        Assert.Empty(await Store.StreamAsync(new RunQuery()).ToListAsync());
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Queries_limitBelow1_isRefused(int limit)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryAsync(new RunQuery { Limit = limit }));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.QueryMetricsAsync(new MetricQuery { Limit = limit }));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.StreamAsync(new RunQuery { Limit = limit }).ToListAsync().AsTask());
    }

    [Fact]
    public async Task StreamAsync_manyRuns_areThoseOfQueryAsync()
    {
        await Store.AppendManyAsync(Enumerable.Range(0, 100).Select(minutes => Sample.Run(minutes / 3) with { Id = Guid.NewGuid() }));

        foreach (int? limit in (int?[])[null, 1, 32, 33, 64, 99, 100, 101])
        {
            var query = new RunQuery { Limit = limit };
            Assert.Equal(await Ids(query), (await Store.StreamAsync(query).ToListAsync()).Select(run => run.Id));
        }
    }

    [Fact]
    public async Task AppendAsync_runThatBreaksARule_isRefusedAndLeavesNoTrace()
    {
        AuditRun run = Sample.Run() with { Metrics = [new RunMetric("s", "m", double.NaN, "ms")] };

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(run));

        Assert.StartsWith("run.metrics[0].value is NaN; allowed is a finite number.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task AppendAsync_canceledBeforeItBegins_keepsNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendAsync(Sample.Run(), new CancellationToken(canceled: true)));

        Assert.Empty(await Store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task AppendManyAsync_oneRunBreaksARule_keepsNone()
    {
        await Store.AppendAsync(Sample.Run(9));
        AuditRun wrong = Sample.Run(1) with { Application = "" };

        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendManyAsync([Sample.Run(0), wrong]));

        Assert.Equal([Sample.Run(9).Id], await Ids(new RunQuery()));
    }

    [Fact]
    public async Task AppendManyAsync_runsThatAreKeptAlready_areLeftAsTheyAre()
    {
        await Store.AppendAsync(Sample.Run(0));
        AuditRun changed = Sample.Run(0) with { Commit = "another" };

        Assert.Equal(1, await Store.AppendManyAsync([changed, Sample.Run(1), Sample.Run(1)]));

        Assert.Equal([Sample.Text(Sample.Run(1)), Sample.Text(Sample.Run(0))], (await Store.QueryAsync(new RunQuery())).Select(Sample.Text));
    }

    [Fact]
    public async Task AppendAsync_runThatIsKeptAlready_isLeftAsItIs()
    {
        await Store.AppendAsync(Sample.Run(0));

        await Store.AppendAsync(Sample.Run(0) with { Commit = "another" });
        await Opened("runs").AppendAsync(Sample.Run(0));

        Assert.Equal(Sample.Text(Sample.Run(0)), Sample.Text(Assert.Single(await Store.QueryAsync(new RunQuery()))));
        Assert.Single(await Store.QueryMetricsAsync(new MetricQuery { Service = "search_index" }));
    }

    [Fact]
    public async Task Texts_halfOfASurrogatePair_isRefusedAndFindsNothing()
    {
        const string Half = "x\ud800";
        AuditRun run = Sample.Run(), replaced = Sample.Run(1, "x\ufffd");
        await Store.AppendAsync(replaced with { Metrics = [new RunMetric("x\ufffd", "x\ufffd", 1, "")] });

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(run with { Application = Half }));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(run with { Facts = new Dictionary<string, string> { [Half] = "x" } }));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendManyAsync([run with { Metrics = [run.Metrics[0] with { Unit = Half }] }]));

        Assert.StartsWith("run.application is a text with half of a surrogate pair; allowed is valid Unicode.", error.Message, StringComparison.Ordinal);
        Assert.Equal([replaced.Id], await Ids(new RunQuery()));
        Assert.Empty(await Ids(new RunQuery { Application = Half }));
        Assert.Empty(await Store.QueryMetricsAsync(new MetricQuery { Service = Half }));
        Assert.Empty(await Store.QueryMetricsAsync(new MetricQuery { Metric = Half }));
    }

    [Fact]
    public async Task AnyCall_aFolderInPlaceOfTheFile_isAnErrorThatNamesIt()
    {
        await Opened("sample").AppendAsync(Sample.Run());
        string folder = _folder["folder" + Path.GetExtension(_folder.Names.First())];
        Directory.CreateDirectory(folder);
        IPerformanceStore store = Opened("folder");

        foreach (Func<Task> call in (Func<Task>[])
        [
            () => store.QueryAsync(new RunQuery()), () => store.QueryMetricsAsync(new MetricQuery()), () => store.StreamAsync(new RunQuery()).ToListAsync().AsTask(),
            () => store.AppendAsync(Sample.Run()), () => store.AppendManyAsync([Sample.Run()]), () => RunExchange.ExportAsync(store, _folder["export.json"]),
        ])
        {
            IOException error = await Assert.ThrowsAsync<IOException>(call);
            Assert.Equal($"The run store {folder} is a folder; allowed is the path of a file, which need not exist yet.", error.Message);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Assert.DoesNotContain(_folder.Names, name => name.StartsWith("folder", StringComparison.Ordinal) && name != Path.GetFileName(folder));
    }

    [Fact]
    public async Task AppendAsync_fromManyInstancesAtOnce_keepsEveryRun()
    {
        const int Instances = 4, Each = 25;

        await Task.WhenAll(Enumerable.Range(0, Instances).Select(instance => Task.Run(async () =>
        {
            IPerformanceStore store = Opened("runs");
            for (int i = 0; i < Each; i++)
                await store.AppendAsync(Sample.Run(instance * Each + i));
        })));

        Assert.Equal(Enumerable.Range(0, Instances * Each).Reverse().Select(i => Sample.Run(i).Id), await Ids(new RunQuery()));
    }

    [Fact]
    public async Task Exchange_thereAndBack_isTheSame()
    {
        await Store.AppendManyAsync(Sample.Any().Generator.Sample(20, 60).Select(run => run with { Id = Guid.NewGuid() }));
        IPerformanceStore other = Opened("other");
        string file = _folder["export.json"];

        Assert.Equal(60, await RunExchange.ExportAsync(Store, file));
        Assert.Equal(60, await RunExchange.ImportAsync(other, file));
        Assert.Equal(0, await RunExchange.ImportAsync(other, file));

        Assert.Equal(
            (await Store.QueryAsync(new RunQuery())).Select(Sample.Text).Order(StringComparer.Ordinal),
            (await other.QueryAsync(new RunQuery())).Select(Sample.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ImportAsync_brokenNearItsEnd_addsNothingAndLosesNothing()
    {
        IPerformanceStore source = Opened("source");
        await source.AppendManyAsync(Enumerable.Range(0, 50).Select(minutes => Sample.Run(minutes)));
        string file = _folder["export.json"];
        await RunExchange.ExportAsync(source, file);
        string text = await File.ReadAllTextAsync(file);
        int last = text.LastIndexOf("\"Startup\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text.Remove(last, 9).Insert(last, "\"Banana\""));
        await Store.AppendAsync(Sample.Run(99));

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => RunExchange.ImportAsync(Store, file));

        Assert.Equal("$.runs[49].kind", error.JsonPath);
        Assert.Equal([Sample.Run(99).Id], await Ids(new RunQuery()));
    }

    /// <summary>An instance on the file of a name in the folder; two of one name share it.</summary>
    private protected abstract IPerformanceStore Open(TemporaryFolder folder, string name);

    /// <summary>What the store makes of a run.</summary>
    private protected virtual AuditRun Expected(AuditRun run) => run;

    private static IEnumerable<MetricQuery> Queries(AuditRun run, RunMetric metric, int limit)
    {
        var service = new MetricQuery { Service = metric.Service };
        var window = new MetricQuery { From = run.FinishedAt, To = run.FinishedAt.AddSeconds(20) };
        MetricQuery[] queries =
        [
            new(), service, new() { Metric = metric.Metric }, new() { Operation = metric.Operation }, service with { Metric = metric.Metric, Operation = metric.Operation },
            service with { Application = run.Application, Kind = run.Kind, Branch = run.Branch, MachineFingerprint = run.MachineFingerprint },
            new() { Application = run.Application, Kind = run.Kind, Branch = run.Branch, MachineFingerprint = run.MachineFingerprint },
            window, window with { Metric = metric.Metric }, new() { Metric = "nowhere" }, new() { Branch = "nowhere" },
        ];
        return queries.SelectMany(query => (MetricQuery[])[query, query with { Limit = limit }]);
    }

    private static bool Matches(MetricQuery query, AuditRun run) =>
        (query.Application ?? run.Application) == run.Application && (query.Kind ?? run.Kind) == run.Kind
        && (query.MachineFingerprint ?? run.MachineFingerprint) == run.MachineFingerprint && (query.Branch is null || query.Branch == run.Branch)
        && (query.From is null || run.FinishedAt >= query.From) && (query.To is null || run.FinishedAt < query.To);

    private static bool Matches(MetricQuery query, RunMetric metric) =>
        (query.Service ?? metric.Service) == metric.Service && (query.Operation ?? metric.Operation) == metric.Operation
        && (query.Metric ?? metric.Metric) == metric.Metric;

    private async Task<IEnumerable<Guid>> Ids(RunQuery query) => (await Store.QueryAsync(query)).Select(run => run.Id);

    private IPerformanceStore Opened(string name)
    {
        IPerformanceStore store = Open(_folder, name);
        lock (_opened)
            _opened.Add(store);
        return store;
    }
}
