using System.Text.Json;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit.Tests;

public sealed class PerformanceAuditorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StartupTracker _tracker = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AuditStartup_withoutScopes_saysSo()
    {
        using PerformanceAuditor auditor = Auditor();

        StartupReport report = await auditor.AuditStartupPerformanceAsync();

        Assert.Equal(0, report.ServicesAnalyzed);
        Assert.False(report.IsComplete);
        Assert.Contains("No start-up scope", report.ToDocument().Render(Reporting.ReportRenderers.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuditStartup_beyondTheLimit_namesTheServiceAndLogsIt()
    {
        using (StartupScope scope = _tracker.Begin("index", ServiceType.Optional))
        {
            scope.AddDependency("database");
            SpinWait.SpinUntil(() => false, 20);
        }
        _tracker.MarkReady();
        string path = _folder["audit.log"];
        using PerformanceAuditor auditor = Auditor(options =>
        {
            options.Thresholds.StartupSlow = TimeSpan.FromMilliseconds(1);
            options.AuditLogPath = path;
        });

        StartupReport report = await auditor.AuditStartupPerformanceAsync();

        await auditor.AuditStartupPerformanceAsync(); // nothing new: logged once
        Assert.True(report.IsComplete);
        Bottleneck found = Assert.Single(report.Bottlenecks);
        Assert.Equal((Rule.StartupSlow, "index"), (found.Rule, found.Service));
        Assert.Equal("index", Assert.Single(report.Recommendations).Service);
        using JsonDocument line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(path)));
        Assert.Equal("startup", line.RootElement.GetProperty("audit").GetString());
        Assert.Equal("index", line.RootElement.GetProperty("bottlenecks")[0].GetProperty("service").GetString());
        Assert.Equal("PK0001", line.RootElement.GetProperty("bottlenecks")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public async Task AuditStartup_withACanceledToken_throws()
    {
        using PerformanceAuditor auditor = Auditor();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => auditor.AuditStartupPerformanceAsync(new CancellationToken(true)));
    }

    [Fact]
    public async Task AuditRuntime_watchesForItsDuration_andTellsOfProgress()
    {
        using PerformanceAuditor auditor = Auditor();
        var progress = new Recorded();
        using (ServiceContext.Enter("auditor test service"))
            SpinWait.SpinUntil(() => false, 5);

        RuntimeReport report = await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(300), progress);

        Assert.False(report.IsPartial);
        Assert.True(report.Duration >= TimeSpan.FromMilliseconds(300));
        Assert.True(report.Samples.Count >= 3, $"{report.Samples.Count} samples");
        Assert.Equal(1, progress.Reports[^1].Fraction);
        Assert.Equal(0, progress.Reports[0].Fraction, 0.5);
        Assert.NotNull(report.ProcessCpu);
        Assert.NotEmpty(report.Trends);
        Assert.Null(report.LoweredDetail);
        Assert.True(report.Usage.Single(usage => usage.Service == ServiceContext.OwnName).Entries >= 3); // its own samples
        Assert.DoesNotContain(report.ServiceScores, card => card.Name == ServiceContext.OwnName);
        Assert.True(report.ServicesMonitored >= 1);
    }

    [Fact]
    public async Task Audits_thatSomebodyAsksFor_areApartFromWhatTheBudgetCounts()
    {
        using PerformanceAuditor auditor = Auditor();
        var calls = new Func<Task>[]
        {
            () => auditor.AuditStartupPerformanceAsync(), () => auditor.IdentifyBottlenecksAsync(), () => auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(50)),
        };
        foreach (Func<Task> call in calls)
        {
            long before = ThreadLedger.CpuOf(ServiceContext.OnDemandName);
            await call();

            Assert.True(ThreadLedger.CpuOf(ServiceContext.OnDemandName) > before);
        }
    }

    [Fact]
    public async Task AuditRuntime_ofThreadsAtOneLock_tellsWhoWaited()
    {
        using PerformanceAuditor auditor = Auditor(options => options.SamplingInterval = TimeSpan.FromMilliseconds(50));
        using var stop = new CancellationTokenSource();
        object gate = new();
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(Contend) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();

        RuntimeReport report;
        int attempts = 0;
        do // the events come late on a busy machine
            report = await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(500));
        while (++attempts < 20 && !report.Usage.Any(usage => usage is { Service: "audit.locked", LockWaitHeard.Ticks: > 0 }));
        await stop.CancelAsync();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.Contains(report.Usage, usage => usage is { Service: "audit.locked", LockWaitHeard.Ticks: > 0 });
        Assert.Contains(report.Samples, sample => sample.LockWaitThreads > 0);

        void Contend()
        {
            while (!stop.IsCancellationRequested)
            {
                using (ServiceContext.Enter("audit.locked"))
                {
                    lock (gate)
                        Thread.SpinWait(20_000);
                }
            }
        }
    }

    [Fact]
    public async Task AuditRuntime_endedEarly_returnsWhatItHasMarkedAsPartial()
    {
        using PerformanceAuditor auditor = Auditor();
        using var stop = new CancellationTokenSource();
        var progress = new Recorded(_ => stop.Cancel());

        RuntimeReport report = await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromHours(1), progress, stop.Token);

        Assert.True(report.IsPartial);
        Assert.True(report.Duration < TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromHours(1), report.RequestedDuration);
        Assert.Contains("Partial", report.ToDocument().Render(Reporting.ReportRenderers.Markdown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuditRuntime_tellsOfTheOperationsThatEndedMeanwhile()
    {
        using PerformanceAuditor auditor = Auditor();
        OperationMeter meter = OperationMeter.Create("auditor test operation");
        OperationMeter.Create("auditor test operation that never runs");
        meter.Measure().Dispose();
        using var stop = new CancellationTokenSource();
        var progress = new Recorded(_ =>
        {
            if (stop.IsCancellationRequested)
                return;
            for (int i = 0; i < 3; i++)
                meter.Measure().Dispose();
            stop.Cancel();
        });

        RuntimeReport report = await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromHours(1), progress, stop.Token);

        OperationSnapshot operation = Assert.Single(report.Operations, operation => operation.Operation.StartsWith("auditor test operation", StringComparison.Ordinal));
        Assert.Equal(("auditor test operation", 3, 3), (operation.Operation, operation.Count, operation.Latency.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(8 * 24 * 3600)]
    public async Task AuditRuntime_outsideItsRange_isRefused(int seconds)
    {
        using PerformanceAuditor auditor = Auditor();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => auditor.AuditRuntimePerformanceAsync(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public async Task AuditRuntime_withoutAHost_samplesOnlyWhileItRuns()
    {
        using PerformanceAuditor auditor = Auditor();
        await Task.WhenAll(
            auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(60)),
            auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(120)));
        long after = auditor.Sampler.History.TotalCount;
        Assert.True(after > 0);

        SpinWait.SpinUntil(() => false, 80); // four sampling intervals

        Assert.Equal(after, auditor.Sampler.History.TotalCount);
    }

    [Fact]
    public async Task IdentifyBottlenecks_looksAtStartupAndTheRecentPast()
    {
        using (_tracker.Begin("slow"))
            SpinWait.SpinUntil(() => false, 10);
        using PerformanceAuditor auditor = Auditor(options =>
        {
            options.Thresholds.StartupSlow = TimeSpan.FromMilliseconds(1);
            options.Thresholds.MemoryBytes = 1 << 20; // less than any .NET process holds
        });
        await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(100));

        IReadOnlyList<Bottleneck> found = await auditor.IdentifyBottlenecksAsync();
        IReadOnlyList<Recommendation> advice = await auditor.GenerateOptimizationRecommendationsAsync();

        Assert.Contains(found, bottleneck => bottleneck.Rule == Rule.StartupSlow && bottleneck.Service == "slow");
        Assert.Contains(found, bottleneck => bottleneck.Rule == Rule.MemoryPressure);
        Assert.Equal(found.Select(bottleneck => bottleneck.Rule), advice.Select(recommendation => recommendation.Rule));
    }

    [Fact]
    public async Task AuditStartup_withAStore_remembersAndComparesWithTheLastProcess()
    {
        var store = new JsonLinesStore(_folder["runs.jsonl"]);
        using (_tracker.Begin("service"))
            SpinWait.SpinUntil(() => false, 10);
        _tracker.MarkReady();
        using PerformanceAuditor first = Auditor(store: store);
        StartupReport before = await first.AuditStartupPerformanceAsync();
        Assert.Null(before.PreviousTotalStartupTime);
        Assert.Null((await first.AuditStartupPerformanceAsync()).PreviousTotalStartupTime); // its own run is not its past

        var nextProcess = new StartupTracker();
        using (nextProcess.Begin("service")) { }
        using PerformanceAuditor second = Auditor(tracker: nextProcess, store: store);
        StartupReport after = await second.AuditStartupPerformanceAsync();

        Assert.Equal(before.TotalStartupTime.TotalSeconds, after.PreviousTotalStartupTime!.Value.TotalSeconds, 1e-6);
    }

    [Fact]
    public async Task Audits_withAStoreThatFails_areCompleteAndLogIt()
    {
        using (_tracker.Begin("service")) { }
        _tracker.MarkReady();
        using PerformanceAuditor auditor = Auditor(store: new BrokenStore());

        StartupReport report = await auditor.AuditStartupPerformanceAsync();

        Assert.Equal(1, report.ServicesAnalyzed);
        Assert.Contains(_logger.Messages, message => message.Message.Contains("could not be stored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ExplainAsync_ofAnyRule_saysHowItEnded_andRefusesOthers()
    {
        using PerformanceAuditor auditor = Auditor(options => options.SuppressedRules.Add(Rule.GcPressure));

        Assert.Equal(RuleOutcome.NotEnoughData, (await auditor.ExplainAsync(Rule.MemoryLeak)).Outcome);
        Assert.Equal(RuleOutcome.Suppressed, (await auditor.ExplainAsync(Rule.GcPressure)).Outcome);
        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => auditor.ExplainAsync(new RuleId(9_999)));
        Assert.Contains("PK9999 is no rule here; allowed: PK0001, PK0002", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_isOneForTheProcess_onTheProcessWideTracker()
    {
        Assert.Same(PerformanceAuditor.Default, PerformanceAuditor.Default);
        Assert.Same(StartupTracker.Default, PerformanceAuditor.Default.StartupTracker);
    }

    private PerformanceAuditor Auditor(
        Action<PerformanceAuditorOptions>? configure = null, StartupTracker? tracker = null, IPerformanceStore? store = null)
    {
        var options = new PerformanceAuditorOptions { ApplicationName = "tests", SamplingInterval = TimeSpan.FromMilliseconds(20) };
        configure?.Invoke(options);
        return new PerformanceAuditor(options, new AuditorServices { Tracker = tracker ?? _tracker, Logger = _logger, Store = store });
    }

    private sealed class Recorded(Action<AuditProgress>? then = null) : IProgress<AuditProgress>
    {
        public List<AuditProgress> Reports { get; } = [];

        public void Report(AuditProgress value)
        {
            Reports.Add(value);
            then?.Invoke(value);
        }
    }

    private sealed class BrokenStore : IPerformanceStore
    {
        public Task AppendAsync(AuditRun run, CancellationToken cancellationToken = default) => throw new IOException("disk is gone");

        public Task<IReadOnlyList<AuditRun>> QueryAsync(RunQuery query, CancellationToken cancellationToken = default) =>
            throw new IOException("disk is gone");

        public Task<IReadOnlyList<MetricPoint>> QueryMetricsAsync(MetricQuery query, CancellationToken cancellationToken = default) =>
            throw new IOException("disk is gone");
    }
}
