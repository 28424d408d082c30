using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PerfKit.Instrumentation;

namespace PerfKit.Integration.Tests;

/// <summary>Real hosts whose services know nothing of PerfKit.</summary>
public sealed class TrackedHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StartupTracker _tracker = new();

    [Fact]
    public async Task A_sequential_start_is_timed_phase_by_phase_however_the_services_are_registered()
    {
        using IHost host = Build(services => services
            .AddHostedService<Phased>()
            .AddHostedService(_ => new Made())
            .AddSingleton<IHostedService>(new Given())
            .AddHostedService<Worker>());

        await host.StartAsync();
        await host.StopAsync();

        StartupRecord[] phases = Phases(_tracker);
        Assert.Equal(
            ["Phased.StartingAsync", "Phased.StartAsync", "Made.StartAsync", "Given.StartAsync", "Worker.StartAsync", "Phased.StartedAsync"],
            phases.Select(Text));
        Assert.All(phases, phase => Assert.Equal((StartupOutcome.Succeeded, false), (phase.Outcome, phase.IsAfterReady)));
        Assert.All(phases.Zip(phases.Skip(1)), pair => Assert.True(pair.First.StartedAt + pair.First.Duration <= pair.Second.StartedAt));
        Assert.Contains(_tracker.Snapshot().Records, record => record is { Name: "Phased", Phase: "construction" });
    }

    [Fact]
    public async Task A_concurrent_start_gives_records_that_overlap_beside_each_other()
    {
        using IHost host = Build(services => services
            .AddSingleton<Meeting>()
            .AddHostedService<Waiting>()
            .AddHostedService<Arriving>()
            .Configure<HostOptions>(options => options.ServicesStartConcurrently = true));

        await host.StartAsync().WaitAsync(Patience); // one after the other would wait for ever
        await host.StopAsync();

        StartupRecord[] phases = Phases(_tracker);
        Assert.Equal(["Waiting.StartAsync", "Arriving.StartAsync"], phases.Select(Text));
        Assert.All(phases, phase => Assert.Null(phase.ParentId));
        Assert.True(phases[0].StartedAt + phases[0].Duration >= phases[1].StartedAt);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task A_service_that_throws_fails_the_start_as_ever_and_its_record_says_why(bool isAtOnce, bool isConcurrent)
    {
        using IHost host = Build(services => services
            .AddSingleton<IHostedService>(new Broken(isAtOnce))
            .Configure<HostOptions>(options => options.ServicesStartConcurrently = isConcurrent));

        InvalidTimeZoneException thrown = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => host.StartAsync());

        Assert.Equal("no such zone", thrown.Message);
        StartupRecord record = Assert.Single(Phases(_tracker));
        Assert.Equal((StartupOutcome.Failed, "System.InvalidTimeZoneException: no such zone"), (record.Outcome, record.Error));
    }

    [Fact]
    public async Task The_application_sees_its_own_services_once_built_stopped_and_disposed_of_once()
    {
        IHost host = Build(services => services.AddHostedService<Phased>().AddHostedService<Worker>());
        Worker worker = Assert.Single(host.Services.GetServices<IHostedService>().OfType<Worker>());

        await host.StartAsync();
        IHostedService[] during = [.. host.Services.GetServices<IHostedService>()];
        await host.StopAsync();
        host.Dispose();

        Assert.Equal(["AuditorHostedService", "Phased", "Worker"], during.Select(service => service.GetType().Name));
        Assert.Same(worker, during[^1]);
        Assert.Equal((1, 1, 1), (worker.Starts, worker.Stops, worker.Disposals));
        Assert.Equal(["starting", "start", "started", "stopping", "stop", "stopped"], ((Phased)during[1]).Calls);
    }

    [Fact]
    public async Task A_background_service_that_fails_later_still_stops_the_host()
    {
        using IHost host = Build(services => services.AddHostedService<FailingWorker>());
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await host.StartAsync();
        host.Services.GetServices<IHostedService>().OfType<FailingWorker>().Single().Fail();
        await stopping.Task.WaitAsync(Patience);

        Assert.Equal(StartupOutcome.Succeeded, Assert.Single(Phases(_tracker)).Outcome); // its start was fine
        await Record.ExceptionAsync(() => host.StopAsync());
    }

    [Fact]
    public async Task Two_hosts_in_one_process_are_kept_apart()
    {
        var other = new StartupTracker();
        using IHost first = Build(services => services.AddHostedService<Phased>());
        using IHost second = Build(services => services.AddHostedService<Worker>(), other);

        await second.StartAsync();
        await first.StartAsync();
        await second.StopAsync();
        await first.StopAsync();

        Assert.All(Phases(_tracker), record => Assert.Equal("Phased", record.Name));
        Assert.All(Phases(other), record => Assert.Equal("Worker", record.Name));
        Assert.All([_tracker, other], tracker => Assert.Equal(
            ["host building", "host built", "host started"], tracker.Snapshot().Milestones.Select(milestone => milestone.Name)));
    }

    [Fact]
    public async Task A_web_host_tells_its_first_request()
    {
        await using ShopHost host = await ShopHost.StartAsync(services: services => services.AddPerformanceAuditor().TrackHostedServices().TrackSingletons());
        string[] before = [.. host.Auditor.StartupTracker.Snapshot().Milestones.Select(milestone => milestone.Name)];

        await host.AskAsync();
        await host.AskAsync();
        StartupReport report = await host.Auditor.AuditStartupPerformanceAsync();

        Assert.Equal(["host building", "host built", "host started"], before);
        Assert.Equal([.. before, "first request"], report.Milestones.Select(milestone => milestone.Name));
        Assert.Equal(report.Milestones, StartupReport.FromJson(report.ToJson()).Milestones);
        Assert.Contains(report.Records, record => record is { Name: "GenericWebHostService", Phase: "StartAsync" });
        Assert.Contains("first request", report.ToDocument().Render(Reporting.ReportRenderers.Markdown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_builder_of_the_older_kind_is_tracked_once_PerfKit_listens()
    {
        new ServiceCollection().AddPerformanceAuditor();
        using IHost host = new HostBuilder()
            .ConfigureServices(services => services.AddSingleton(_tracker).AddPerformanceAuditor().TrackHostedServices())
            .ConfigureServices(services => services.AddHostedService<Worker>())
            .Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal(["Worker.StartAsync"], Phases(_tracker).Select(Text));
    }

    [Fact]
    public async Task Another_container_is_left_alone_and_that_is_logged()
    {
        using var log = new Lines();
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(log);
        builder.ConfigureContainer(new OtherContainer());
        builder.Services.AddSingleton(_tracker).AddHostedService<Worker>().AddPerformanceAuditor().TrackHostedServices().TrackSingletons();
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Empty(_tracker.Snapshot().Records);
        Assert.Contains(log.Written, line => line.Contains(nameof(OtherContainer), StringComparison.Ordinal));
    }

    private IHost Build(Action<IServiceCollection> services, StartupTracker? tracker = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(tracker ?? _tracker).AddPerformanceAuditor().TrackHostedServices().TrackSingletons();
        services(builder.Services); // later than the auditor, and tracked all the same
        return builder.Build();
    }

    private static StartupRecord[] Phases(StartupTracker tracker) =>
        [.. tracker.Snapshot().Records.Where(record => record.Phase != "construction")];

    private static string Text(StartupRecord record) => $"{record.Name}.{record.Phase}";

    private sealed class OtherContainer : IServiceProviderFactory<OtherContainer.Builder>
    {
        public Builder CreateBuilder(IServiceCollection services) => new(services);

        public IServiceProvider CreateServiceProvider(Builder containerBuilder) => containerBuilder.Services.BuildServiceProvider();

        internal sealed record Builder(IServiceCollection Services);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _written = new();

        public IReadOnlyCollection<string> Written => _written;

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _written.Enqueue(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
