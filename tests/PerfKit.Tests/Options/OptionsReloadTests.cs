using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class OptionsReloadTests : IDisposable
{
    private const string Cpu = "PerfKit:system_thresholds:cpu_usage_percent:warning";
    private const string Startup = "PerfKit:Thresholds:StartupSlow";

    private readonly RecordingLogger _logger = new();
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection([]).Build();
    private readonly ServiceProvider _provider;
    private readonly PerformanceAuditor _auditor;

    public OptionsReloadTests()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(_logger);
        services.AddSingleton(new StartupTracker());
        services.AddPerformanceAuditor(_configuration.GetSection("PerfKit"));
        _provider = services.BuildServiceProvider();
        _auditor = _provider.GetRequiredService<PerformanceAuditor>();
    }

    public void Dispose() => _provider.Dispose();

    [Fact]
    public async Task Reload_ofGoodThresholds_holdsFromTheNextAuditOn()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), (await _auditor.AuditStartupPerformanceAsync()).Limit);

        Reload(Startup, "00:00:02");

        Assert.Equal(TimeSpan.FromSeconds(2), (await _auditor.AuditStartupPerformanceAsync()).Limit);
        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task Reload_withAMistake_keepsTheLastGoodThresholdsAndLogsOnce()
    {
        Reload(Startup, "00:00:02");

        Reload(Cpu, "much");
        Reload(Startup, "00:00:01"); // right by itself, but the mistake is still there

        Assert.Equal(TimeSpan.FromSeconds(2), (await _auditor.AuditStartupPerformanceAsync()).Limit);
        string warning = Assert.Single(Warnings());
        Assert.Contains($"{Cpu} is 'much'; allowed: a number (percent), above 0, up to 100.", warning, StringComparison.Ordinal);

        Reload(Cpu, "85");
        Assert.Equal(TimeSpan.FromSeconds(1), (await _auditor.AuditStartupPerformanceAsync()).Limit);

        Reload(Cpu, "much"); // a mistake made again is told again
        Assert.Equal(2, Warnings().Length);
    }

    [Fact]
    public void Reload_throwsNothingIntoTheOneWhoReloads()
    {
        _configuration[Cpu] = "-1";

        Assert.Null(Record.Exception(_configuration.Reload));
    }

    [Theory]
    [InlineData("85")]
    [InlineData("-1")]
    public async Task LogThatThrows_reachesNeitherTheReloadNorAnAudit(string value)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new ThrowingLogger());
        services.AddSingleton(new StartupTracker());
        services.AddPerformanceAuditor(_configuration.GetSection("PerfKit")).AddDetector<FailingDetector>();
        using ServiceProvider provider = services.BuildServiceProvider();
        var auditor = provider.GetRequiredService<PerformanceAuditor>();
        _configuration[Cpu] = value;

        Assert.Null(Record.Exception(_configuration.Reload));
        Assert.NotNull(await auditor.AuditStartupPerformanceAsync()); // the failing detector is logged
    }

    [Fact]
    public void Dispose_endsTheListening()
    {
        _provider.Dispose();

        Reload(Cpu, "much");

        Assert.Empty(Warnings());
    }

    private void Reload(string key, string value)
    {
        _configuration[key] = value;
        _configuration.Reload();
    }

    private sealed class FailingDetector : IBottleneckDetector
    {
        public RuleId Rule => new(9020);

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) => throw new InvalidOperationException("mine");

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => null;
    }

    private sealed class ThrowingLogger : ILogger, ILoggerFactory
    {
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("the disk of the log is full");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    private string[] Warnings() => [.. _logger.Messages.Where(logged => logged.Level == LogLevel.Warning).Select(logged => logged.Message)];
}
