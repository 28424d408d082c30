using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class PerformanceMonitorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualClock _clock = new();
    private readonly PerformanceAuditorOptions _options = new();
    private readonly List<IDisposable> _made = [];

    public void Dispose() => _made.ForEach(made => made.Dispose());

    [Fact]
    public void Rules_byDefault_areCpuMemoryAndDisk() => Assert.Equal(
        [("cpu_usage_percent", 30.0), ("memory_usage_bytes", 30), ("disk_usage_percent", 60)],
        new MonitoringOptions().Rules.Select(rule => (rule.Figure, rule.Duration.TotalSeconds)));

    [Fact]
    public void Alert_isActive_andThenRecent()
    {
        PerformanceMonitor monitor = Monitor();

        Feed(monitor, seconds: 31, cpu: 95);
        Assert.Equal("cpu_usage_percent", Assert.Single(monitor.ActiveAlerts).Rule);
        Feed(monitor, seconds: 31, cpu: 5);

        Assert.Empty(monitor.ActiveAlerts);
        MonitorSummary summary = monitor.Summarize();
        Assert.Equal(95, Assert.Single(summary.RecentAlerts).Worst);
        Assert.Equal([AlertState.Within, AlertState.NoData, AlertState.NoData], summary.Rules.Select(rule => rule.State));
    }

    [Fact]
    public void Summarize_givesMeansOfOneFiveAndFifteenMinutes()
    {
        PerformanceMonitor monitor = Monitor();
        Feed(monitor, seconds: 600, cpu: 10);
        Feed(monitor, seconds: 240, cpu: 30);
        Feed(monitor, seconds: 60, cpu: 70);

        FigureSummary cpu = Assert.Single(monitor.Summarize().Figures);

        // Windows are exact to one bucket of five seconds.
        Assert.Equal(("cpu_usage_percent", "percent", 70), (cpu.Figure, cpu.Unit, cpu.Latest));
        Assert.Equal(70, cpu.LastMinute!.Value, 0.01);
        Assert.Equal(38, cpu.LastFiveMinutes!.Value, 1.0);
        Assert.Equal(19.3, cpu.LastFifteenMinutes!.Value, 0.5);
        Assert.InRange(cpu.Covered, TimeSpan.FromMinutes(15) - FigureAverages.Bucket, TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Summarize_soonAfterTheStart_saysHowLittleItRestsOn()
    {
        PerformanceMonitor monitor = Monitor();
        Feed(monitor, seconds: 20, cpu: 40);
        Feed(monitor, seconds: 1, cpu: null);
        Observe(monitor, TimeSpan.FromHours(1), cpu: 90); // a pause: nobody knows how it was

        FigureSummary cpu = Assert.Single(monitor.Summarize().Figures);

        Assert.Equal((90, null, null), (cpu.Latest, cpu.LastFifteenMinutes, cpu.LastMinute));
        Assert.Equal(TimeSpan.Zero, cpu.Covered); // what was measured is more than fifteen minutes ago
    }

    [Fact]
    public void FiguresOfTheApplication_areJudgedAndAveraged_andWhatThrowsIsUnknown()
    {
        double? depth = 150;
        _options.Monitoring.AddFigure("queue_depth", () => depth).AddFigure("broken", () => throw new InvalidOperationException("no"));
        _options.Monitoring.Rules.Add(new AlertRule { Figure = "queue_depth", Warning = 100, Duration = TimeSpan.Zero });
        var collector = new FigureCollector(_options.Monitoring.Figures, _clock, TimeSpan.FromSeconds(1), new QuietLogger(new RecordingLogger()));
        var readings = new List<FigureReading>();
        SignaledThread reading = collector.Start()!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => { readings.Clear(); collector.AddTo(readings); return readings.Count == 2; }, Patience));
        }
        finally
        {
            reading.Stop();
        }

        Assert.Contains(new FigureReading("queue_depth", null, 150), readings);
        Assert.Contains(new FigureReading("broken", null, null), readings);
    }

    [Fact]
    public void FigureThatHangs_isUnknownAfterAWhile_andHoldsUpNothing()
    {
        using var asked = new ManualResetEventSlim();
        using var free = new ManualResetEventSlim();
        bool hangs = false;
        var figures = new ProvidedFigure[] { new("hanging", null, () => { if (Volatile.Read(ref hangs)) { asked.Set(); free.Wait(Patience); } return 1; }) };
        var collector = new FigureCollector(figures, _clock, TimeSpan.FromSeconds(1), new QuietLogger(new RecordingLogger()));
        var readings = new List<FigureReading>();
        SignaledThread reading = collector.Start()!;
        try
        {
            Assert.True(SpinWait.SpinUntil(() => { collector.AddTo(readings); return readings.Count > 0; }, Patience));
            Volatile.Write(ref hangs, true);
            _clock.Advance(1_000);
            collector.AddTo(readings);
            Assert.True(asked.Wait(Patience));

            _clock.Advance(10_001);
            readings.Clear();
            collector.AddTo(readings);

            Assert.Empty(readings);
        }
        finally
        {
            free.Set();
            reading.Stop();
        }
    }

    [Fact]
    public void Operations_areWatchedOverTheLastMinute()
    {
        OperationMeter meter = OperationMeter.Create("monitored-operation");
        var figures = new ServiceFigures(_clock);
        var readings = new List<FigureReading>();
        figures.AddTo(readings);
        Assert.Empty(readings);

        for (int i = 0; i < 40; i++)
        {
            using OperationScope scope = meter.Measure();
            if (i % 4 == 0)
                scope.Fail();
        }
        _clock.Advance(ServiceFigures.Step.TotalMilliseconds);
        figures.AddTo(readings);

        Assert.Contains(new FigureReading("error_rate_percent", "monitored-operation", 25), readings);
        Assert.Contains(new FigureReading("response_time_seconds", "monitored-operation", null), readings); // forty are too few for a 99th percentile
    }

    [Fact]
    public void Services_thatDidNothing_usedNothing()
    {
        using (ServiceContext.Enter("monitored-service"))
            Thread.SpinWait(1000);
        var figures = new ServiceFigures(_clock);
        var readings = new List<FigureReading>();
        figures.AddTo(readings);
        _clock.Advance(ServiceFigures.Step.TotalMilliseconds);
        figures.AddTo(readings);

        FigureReading cpu = Assert.Single(readings, reading => reading is { Figure: "cpu_cores", Service: "monitored-service" });
        Assert.True(cpu.Value is null or 0);
    }

    [Fact]
    public void AddFigure_thatPerfKitMeasures_isRefused()
    {
        Assert.Throws<ArgumentException>(() => new MonitoringOptions().AddFigure("cpu_usage_percent", () => 1));
        Assert.Throws<ArgumentException>(() => new MonitoringOptions().AddFigure("mine", () => 1).AddFigure("mine", () => 2));
        Assert.Throws<ArgumentException>(() => new MonitoringOptions().OnAction(" ", _ => { }));
    }

    [Fact]
    public void RulesThatAreWrong_areRefusedWithAllOtherMistakes()
    {
        _options.SamplingInterval = TimeSpan.Zero;
        _options.Monitoring.Rules.Add(new AlertRule { Figure = "mine" });

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => new PerformanceAuditor(_options));

        Assert.Contains("SamplingInterval is ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Monitoring.Rules[3].Warning is null; allowed: a number, as 'mine' is no threshold.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_withMonitoring_tellsHandlersAndTheLog_andStops()
    {
        var logger = new RecordingLogger();
        var told = new TaskCompletionSource<AlertChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<ILoggerFactory>(logger);
        builder.Services.AddSingleton(new StartupTracker());
        builder.Services.AddPerformanceAuditor(options => options.SamplingInterval = TimeSpan.FromMilliseconds(10))
            .AddMonitoring(monitoring =>
            {
                monitoring.AddFigure("queue_depth", () => 150).OnAction("drain", told.SetResult);
                monitoring.Rules.Add(new AlertRule { Figure = "queue_depth", Warning = 100, Duration = TimeSpan.FromMilliseconds(50), Action = "drain" });
                monitoring.Rules.Add(new AlertRule { Figure = "connection_count" });
            })
            .AddMonitoring();
        using IHost host = builder.Build();

        await host.StartAsync();
        AlertChange change = await told.Task.WaitAsync(Patience);
        var monitor = host.Services.GetRequiredService<PerformanceMonitor>();
        Assert.Equal("queue_depth", Assert.Single(monitor.ActiveAlerts, alert => alert.Figure == "queue_depth").Figure);
        await host.StopAsync();

        Assert.Equal((150, "drain"), (change.Alert.Value, change.Alert.Action));
        Assert.Contains(logger.Messages, logged => logged.Level == LogLevel.Warning
            && logged.Message.StartsWith("Alert queue_depth of the process: queue_depth is 150, above 100 for ", StringComparison.Ordinal)
            && logged.Message.EndsWith("Value 150, limit 100, action drain.", StringComparison.Ordinal));
        Assert.Contains(logger.Messages, logged => logged.Message.StartsWith("Nothing provides the figure connection_count", StringComparison.Ordinal));
        Assert.Contains(monitor.Summarize().Figures, figure => figure is { Figure: "queue_depth", LastMinute: > 149 and < 151 });
        Assert.False(host.Services.GetRequiredService<PerformanceAuditor>().Sampler.History.Latest is null);
    }

    [Fact]
    public void Reload_bringsOtherLimitsAndRulesToTheMonitor()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([]).Build();
        var services = new ServiceCollection();
        services.AddSingleton(new StartupTracker());
        services.AddSingleton<TimeProvider>(_clock);
        services.AddPerformanceAuditor(configuration.GetSection("PerfKit")).AddMonitoring();
        using ServiceProvider provider = services.BuildServiceProvider();
        var monitor = provider.GetRequiredService<PerformanceMonitor>();
        Feed(monitor, seconds: 60, cpu: 75);
        Assert.Empty(monitor.ActiveAlerts);

        configuration["PerfKit:system_thresholds:cpu_usage_percent:warning"] = "70";
        configuration["PerfKit:system_thresholds:cpu_usage_percent:action"] = "scale_up";
        configuration["PerfKit:system_thresholds:cpu_usage_percent:duration_seconds"] = "10";
        configuration.Reload();
        Feed(monitor, seconds: 11, cpu: 75);

        Alert alert = Assert.Single(monitor.ActiveAlerts);
        Assert.Equal((70, "scale_up"), (alert.Limit, alert.Action));
    }

    [Fact]
    public void Reload_keepsRulesOfAMonitorsOwn_andBringsThresholds()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([]).Build();
        var services = new ServiceCollection();
        services.AddSingleton(new StartupTracker());
        services.AddSingleton<TimeProvider>(_clock);
        services.AddPerformanceAuditor(configuration.GetSection("PerfKit"));
        using ServiceProvider provider = services.BuildServiceProvider();
        var own = new MonitoringOptions();
        own.Rules.Clear();
        own.Rules.Add(new AlertRule { Name = "mine", Figure = "cpu_usage_percent", Duration = TimeSpan.Zero });
        using var monitor = new PerformanceMonitor(provider.GetRequiredService<PerformanceAuditor>(), own);

        configuration["PerfKit:system_thresholds:cpu_usage_percent:warning"] = "70";
        configuration.Reload();
        Feed(monitor, seconds: 2, cpu: 75);

        Alert alert = Assert.Single(monitor.ActiveAlerts);
        Assert.Equal(("mine", 70), (alert.Rule, alert.Limit));
        Assert.Equal("mine", Assert.Single(monitor.Summarize().Rules).Rule);
    }

    [Fact]
    public void Start_whileTheSamplerIsBeingStopped_doesNotHoldUpItsThread()
    {
        PerformanceMonitor monitor = Monitor();
        PerformanceAuditor auditor = _made.OfType<PerformanceAuditor>().Single();
        using var inSample = new ManualResetEventSlim();
        using var free = new ManualResetEventSlim();
        auditor.Sampler.Sampled += _ => { inSample.Set(); free.Wait(Patience); };
        IDisposable other = auditor.Sample();
        Assert.True(inSample.Wait(Patience));
        var stopping = new Thread(other.Dispose); // holds the lease's lock, and waits for the sample under way
        stopping.Start();
        Assert.True(SpinWait.SpinUntil(() => stopping.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience));
        var starting = new Thread(monitor.Start);
        starting.Start();
        Assert.True(SpinWait.SpinUntil(() => starting.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience)); // for the lease

        var observing = new Thread(() => Observe(monitor, TimeSpan.FromSeconds(1), cpu: 5)); // as the sampler's thread would
        observing.Start();
        bool isThrough = observing.Join(TimeSpan.FromSeconds(2)); // a stop of the sampler gives up after five
        free.Set();

        Assert.True(isThrough);
        Assert.True(stopping.Join(Patience) && starting.Join(Patience));
        monitor.Stop();
    }

    private PerformanceMonitor Monitor()
    {
        var auditor = new PerformanceAuditor(_options, timeProvider: _clock);
        var monitor = new PerformanceMonitor(auditor);
        _made.AddRange([monitor, auditor]);
        return monitor;
    }

    private void Feed(PerformanceMonitor monitor, int seconds, double? cpu)
    {
        for (int i = 0; i < seconds; i++)
            Observe(monitor, TimeSpan.FromSeconds(1), cpu);
    }

    private void Observe(PerformanceMonitor monitor, TimeSpan after, double? cpu)
    {
        _clock.Advance(after.TotalMilliseconds);
        monitor.Observe(new ResourceSample { Timestamp = _clock.GetUtcNow(), Interval = after, CpuPercent = cpu });
    }
}
