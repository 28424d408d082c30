namespace PerfKit.Storage.Tests;

/// <summary>
/// The recorded report is BenchmarkDotNet 0.14.0's of two of this repository's benchmarks
/// (<c>--job short --inProcess --exporters fulljson</c>), with all but one measurement of each taken out.
/// </summary>
public sealed class BenchmarkDotNetReportTests : IDisposable
{
    private static readonly BenchmarkDotNetOrigin Origin = new() { Application = "shop", Commit = "4f1c2d", Branch = "main", TimeZone = TimeZoneInfo.Utc };

    private readonly TemporaryFolder _folder = new();

    private static string Recorded => Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet", "recorded-report-full.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_recordedReport_isOneRunOfItsJob()
    {
        AuditRun run = Assert.Single(await BenchmarkDotNetReport.ReadAsync(Recorded, Origin));

        Assert.Equal(("shop", AuditKind.Benchmark, "4f1c2d", "main"), (run.Application, run.Kind, run.Commit, run.Branch));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 10, 6, 2, TimeSpan.Zero), run.FinishedAt);
        Assert.Equal("AMD EPYC, 2 logical cores, X64", run.MachineFingerprint);
        Assert.Equal("ShortRun(Toolchain=InProcessEmitToolchain, IterationCount=3, LaunchCount=1, WarmupCount=3)", run.Facts["job"]);
        Assert.Equal(
            ["BenchmarkDotNet=0.14.0", "architecture=X64", "configuration=RELEASE", "logical cores=2", "os=Debian GNU/Linux 12 (bookworm)", "physical cores=2", "processor=AMD EPYC", "runtime=.NET 10.0.12 (10.0.1226.42308)"],
            run.Facts.Where(fact => fact.Key != "job").Select(fact => $"{fact.Key}={fact.Value}").Order(StringComparer.Ordinal));
        Assert.All(run.Metrics, metric => Assert.Equal("CriticalPathBenchmarks", metric.Service));
        Assert.Equal(["Path(Records=1000)", "Path(Records=10000)"], run.Metrics.Select(metric => metric.Operation).Distinct());
        Assert.Equal(
            [
                ("mean", 38054854.75, "ns"), ("median", 39797958, "ns"), ("standard error", 4843949.203379126, "ns"), ("p95", 44872507.65, "ns"), ("iterations", 3, ""),
                ("allocated", 2355112, "B"), ("gen0", 0, "per 1,000 operations"), ("gen1", 0, "per 1,000 operations"), ("gen2", 0, "per 1,000 operations"),
            ],
            run.Metrics.Where(metric => metric.Operation == "Path(Records=1000)").Select(metric => (metric.Metric, metric.Value, metric.Unit)));
    }

    [Fact]
    public async Task ImportAsync_sameReportAgain_addsNothing()
    {
        var store = new JsonLinesStore(_folder["runs.jsonl"]);

        Assert.Equal(1, await BenchmarkDotNetReport.ImportAsync(store, Recorded, Origin));
        Assert.Equal(0, await BenchmarkDotNetReport.ImportAsync(store, Recorded, Origin));
        Assert.Equal(1, await BenchmarkDotNetReport.ImportAsync(store, Recorded, Origin with { Application = "other" }));

        MetricPoint point = Assert.Single(await store.QueryMetricsAsync(new MetricQuery { Application = "shop", Operation = "Path(Records=10000)", Metric = "allocated" }));
        Assert.True(point.Figure.Value > 0);
    }

    [Fact]
    public async Task ReadAsync_collections_areTakenPerThousandOperations()
    {
        string path = await Changed("\"Gen0Collections\": 0", "\"Gen0Collections\": 3", "\"TotalOperations\": 4", "\"TotalOperations\": 128000");

        AuditRun run = Assert.Single(await BenchmarkDotNetReport.ReadAsync(path, Origin));

        Assert.Equal(0.0234375, run.Metrics.First(metric => metric.Metric == "gen0").Value);
    }

    [Fact]
    public async Task ReadAsync_severalJobs_areRunsOfTheirOwn()
    {
        string path = await Changed("Path: ShortRun(Toolchain=InProcessEmitToolchain, IterationCount=3, LaunchCount=1, WarmupCount=3) [Records=10000]", "Path: .NET 9.0(Runtime=.NET 9.0) [Records=10000]");

        IReadOnlyList<AuditRun> runs = await BenchmarkDotNetReport.ReadAsync(path, Origin);

        Assert.Equal(["ShortRun(Toolchain=InProcessEmitToolchain, IterationCount=3, LaunchCount=1, WarmupCount=3)", ".NET 9.0(Runtime=.NET 9.0)"], runs.Select(run => run.Facts["job"]));
        Assert.Equal(2, runs.Select(run => run.Id).Distinct().Count());
    }

    [Fact]
    public async Task ReadAsync_figuresThatAreNotKnown_areLeftOut()
    {
        string path = await Changed("\"StandardError\": 4843949.203379126", "\"StandardError\": \"\"", "\"Median\": 39797958", "\"Median\": \"NaN\"", "\"Memory\":", "\"NoMemory\":");

        AuditRun run = Assert.Single(await BenchmarkDotNetReport.ReadAsync(path, Origin));

        Assert.Equal(["mean", "p95", "iterations"], run.Metrics.Where(metric => metric.Operation == "Path(Records=1000)").Select(metric => metric.Metric));
    }

    [Fact]
    public async Task ReadAsync_benchmarksThatFailed_giveNoRun()
    {
        string path = await Changed("\"Statistics\":", "\"NoStatistics\":", "\"Memory\":", "\"NoMemory\":");

        Assert.Empty(await BenchmarkDotNetReport.ReadAsync(path, Origin));
    }

    [Fact]
    public async Task ReadAsync_titleWithoutAnInstant_takesThatOfTheFile()
    {
        string path = await Changed("-20261121-100602", "");
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        AuditRun run = Assert.Single(await BenchmarkDotNetReport.ReadAsync(path, Origin));

        Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), run.FinishedAt);
    }

    [Theory]
    [InlineData("00010101-000000")]
    [InlineData("20121231-235959")]
    [InlineData("21000101-000000")]
    [InlineData("99991231-235959")]
    [InlineData("20261321-100602")]
    public async Task ReadAsync_instantOfTheTitleThatCannotBe_takesThatOfTheFile(string instant)
    {
        TimeZoneInfo east = TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(5.5), "x", "x"), west = TimeZoneInfo.CreateCustomTimeZone("y", -TimeSpan.FromHours(8), "y", "y");
        string path = await Changed("20261121-100602", instant);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        foreach (TimeZoneInfo zone in (TimeZoneInfo[])[east, west])
            Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero), Assert.Single(await BenchmarkDotNetReport.ReadAsync(path, Origin with { TimeZone = zone })).FinishedAt);
    }

    [Fact]
    public async Task ReadAsync_neitherTheTitleNorTheFileHasAnInstantThatCanBe_isRefused()
    {
        string path = await Changed("20261121-100602", "00010101-000000");
        File.SetLastWriteTimeUtc(path, new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => BenchmarkDotNetReport.ReadAsync(path, Origin));

        Assert.Equal("$.Title", error.JsonPath);
        Assert.EndsWith("00010101-000000\"", error.Value, StringComparison.Ordinal);
        Assert.StartsWith("a text that ends in yyyyMMdd-HHmmss, of the years 2013 to 2099", error.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_instantOfTheTitle_isOnTheClockOfTheZone()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(5.5), "x", "x");

        AuditRun run = Assert.Single(await BenchmarkDotNetReport.ReadAsync(Recorded, Origin with { TimeZone = zone }));

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 10, 6, 2, TimeSpan.FromHours(5.5)), run.FinishedAt);
        Assert.Equal(TimeSpan.FromHours(5.5), run.FinishedAt.Offset);
    }

    [Fact]
    public async Task ReadAsync_longParameters_areCutAndStayApart()
    {
        string path = await Changed("Records=10000\"", $"Text={Long}1\"", "Records=1000\"", $"Text=x{Long}2\"");

        AuditRun run = Assert.Single(await BenchmarkDotNetReport.ReadAsync(path, Origin));

        Assert.All(run.Metrics, metric => Assert.True(RunRules.IsUnicode(metric.Operation)));
        string[] operations = [.. run.Metrics.Select(metric => metric.Operation).Distinct()];
        Assert.Equal(2, operations.Length);
        Assert.All(operations, operation => Assert.InRange(operation.Length, 255, 256));
    }

    /// <summary>Of pairs of characters, one of which a cut must not tear.</summary>
    private static string Long => string.Concat(Enumerable.Repeat("🚀", 200));

    [Theory]
    [InlineData("\"Mean\": 38054854.75", "\"Mean\": \"fast\"", "$.Benchmarks[0].Statistics.Mean", "a finite number")]
    [InlineData("\"Type\": ", "\"Tipe\": ", "$.Benchmarks[0].Type", "a text")]
    [InlineData("\"Benchmarks\":", "\"benchmarks\":", "$.Benchmarks", "a list")]
    [InlineData("\"HostEnvironmentInfo\":", "\"Host\":", "$.HostEnvironmentInfo", "an object")]
    [InlineData("\"ProcessorName\": \"AMD EPYC\"", "\"ProcessorName\": 7", "$.HostEnvironmentInfo.ProcessorName", "a text")]
    public async Task ImportAsync_valueThatIsNotAllowed_refusesTheReportWithItsPath(string right, string wrong, string path, string allowed)
    {
        var store = new JsonLinesStore(_folder["runs.jsonl"]);
        string report = await Changed(right, wrong);

        StoreFormatException error = await Assert.ThrowsAsync<StoreFormatException>(() => BenchmarkDotNetReport.ImportAsync(store, report, Origin));

        Assert.Equal((path, allowed), (error.JsonPath, error.Allowed));
        Assert.Empty(await store.QueryAsync(new RunQuery()));
    }

    [Fact]
    public async Task ReadAsync_fileThatIsNoReport_isRefused()
    {
        await File.WriteAllTextAsync(_folder["x.json"], "{\"HostEnvironmentInfo\":");
        await Assert.ThrowsAsync<StoreFormatException>(() => BenchmarkDotNetReport.ReadAsync(_folder["x.json"], Origin));

        await File.WriteAllTextAsync(_folder["x.json"], "[]");
        await Assert.ThrowsAsync<StoreFormatException>(() => BenchmarkDotNetReport.ReadAsync(_folder["x.json"], Origin));
    }

    [Fact]
    public async Task ReadAsync_originThatARunDoesNotAllow_isRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => BenchmarkDotNetReport.ReadAsync(Recorded, Origin with { Application = "" }));

    /// <summary>The recorded report with texts replaced: the first and second argument, the third and fourth, and so on.</summary>
    private async Task<string> Changed(params string[] replacements)
    {
        string text = await File.ReadAllTextAsync(Recorded);
        for (int i = 0; i < replacements.Length; i += 2)
        {
            Assert.Contains(replacements[i], text, StringComparison.Ordinal);
            text = text.Replace(replacements[i], replacements[i + 1], StringComparison.Ordinal);
        }

        string path = _folder["report-full.json"];
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
