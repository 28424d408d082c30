using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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

    private string[] Warnings() => [.. _logger.Messages.Where(logged => logged.Level == LogLevel.Warning).Select(logged => logged.Message)];
}
