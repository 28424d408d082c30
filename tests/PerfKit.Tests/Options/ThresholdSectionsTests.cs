using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PerfKit.Analysis;

namespace PerfKit.Tests;

public sealed class ThresholdSectionsTests
{
    [Fact]
    public void ThreeLevels_inJson_setWarningAndCritical()
    {
        Thresholds thresholds = Read("""
            {
              "system_thresholds": {
                "cpu_usage_percent": { "warning": 70, "critical": 90 },
                "memory_usage_percent": { "warning": 75, "critical": 95 },
                "memory_usage_bytes": { "warning": 524288000 },
                "disk_usage_percent": { "warning": 80, "critical": 95 }
              },
              "service_thresholds": {
                "response_time_seconds": { "warning": 2.0, "critical": 5.0 },
                "error_rate_percent": { "warning": 5.0, "critical": 10.0 },
                "connection_pool_utilization": { "warning": 80, "critical": 95 }
              },
              "database_thresholds": {
                "slow_queries_per_hour": { "warning": 10, "critical": 50 },
                "cache_hit_ratio": { "warning": 0.7, "critical": 0.5 },
                "connection_count": { "warning": 15, "critical": 25 }
              }
            }
            """);

        Assert.Equal((70, 90.0), (thresholds.CpuPercent, thresholds.CpuPercentCritical));
        Assert.Equal((75, 95.0), (thresholds.MachineMemoryPercent, thresholds.MachineMemoryPercentCritical));
        Assert.Equal((524_288_000, null), (thresholds.MemoryBytes, thresholds.MemoryBytesCritical));
        Assert.Equal((80, 95.0), (thresholds.DiskPercent, thresholds.DiskPercentCritical));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)), (thresholds.OperationP99, thresholds.OperationP99Critical));
        Assert.Equal((5, 10.0), (thresholds.OperationFailedPercent, thresholds.OperationFailedPercentCritical));
        Assert.Equal((80, 95.0), (thresholds.ConnectionPoolPercent, thresholds.ConnectionPoolPercentCritical));
        Assert.Equal((10, 50.0), (thresholds.SlowQueriesPerHour, thresholds.SlowQueriesPerHourCritical));
        Assert.Equal((0.7, 0.5), (thresholds.CacheHitRatio, thresholds.CacheHitRatioCritical));
        Assert.Equal((15, 25.0), (thresholds.DatabaseConnections, thresholds.DatabaseConnectionsCritical));
    }

    [Fact]
    public void ServiceWithABlankName_isNamedWithItsPath_besideOtherMistakes()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["PerfKit:service_thresholds:services: :response_time_seconds:warning"] = "1",
            ["PerfKit:SamplingInterval"] = "soon",
        }).Build();
        var options = new PerformanceAuditorOptions();

        new OptionsConfiguration(configuration.GetSection("PerfKit")).Configure(options);

        Assert.Contains("PerfKit:service_thresholds:services has a service named ' '; allowed: a name that is not blank.", options.ConfigurationErrors);
        Assert.Equal(2, options.ConfigurationErrors.Count);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void LimitsOfManyServices_areNoRulesOfTheUser_butBounded(int services, bool isAllowed)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(Enumerable.Range(0, services)
            .Select(i => KeyValuePair.Create($"PerfKit:service_thresholds:services:s{i}:response_time_seconds:warning", (string?)"1"))).Build();
        var options = new PerformanceAuditorOptions();

        new OptionsConfiguration(configuration.GetSection("PerfKit")).Configure(options);

        Assert.Empty(options.Monitoring.Mistakes());
        string[] expected = isAllowed ? [] : ["PerfKit:service_thresholds:services has 1025 thresholds of single services; allowed: up to 1024."];
        Assert.Equal(expected, options.ConfigurationErrors);
    }

    [Fact]
    public void EveryThreshold_isReadByItsKey()
    {
        foreach (ThresholdDefinition threshold in ThresholdCatalog.All)
        {
            double warning = threshold.IsLowWorse ? 0.25 : threshold.Unit == MeasureUnit.Bytes ? 2_000_000 : 42;
            string group = threshold.Group.ToString().ToLowerInvariant();

            Thresholds thresholds = Read($$"""{ "{{group}}_thresholds": { "{{threshold.Key}}": { "warning": {{warning}} } } }""");

            Assert.Equal(warning, threshold.LevelsOf(thresholds).Warning);
        }
    }

    [Fact]
    public void EveryMistake_isNamedWithItsPathAndWhatIsAllowed()
    {
        string message = Refused("""
            {
              "system_thresholds": {
                "cpu_usage_percent": { "warning": "80 %", "citical": 90 },
                "memory_usage_percent": { "warning": 90, "critical": 80 },
                "memory_usage_mb": { "warning": 500 },
                "memory_usage_bytes": { "warning": "1500000.5" },
                "disk_usage_percent": 90,
                "gc_pause_percent": { "warning": 130 },
                "response_time_seconds": { "warning": 1 }
              },
              "service_thresholds": {
                "response_time_ms": { "warning": 200 },
                "services": { "orders": { "error_rate_percent": { "warning": 5, "critical": 1 }, "latency": {} } }
              },
              "database_thresholds": { "cache_hit_ratio": { "warning": 70, "critical": { "level": 1 } } }
            }
            """);

        Assert.Equal(
            """
            PerfKit's options are not valid:
              PerfKit:database_thresholds:cache_hit_ratio:critical is a section; allowed: a number (share, 0 to 1), 0 to 1.
              PerfKit:database_thresholds:cache_hit_ratio:warning is '70'; allowed: a number (share, 0 to 1), 0 to 1.
              PerfKit:service_thresholds:response_time_ms is not a threshold; allowed: response_time_seconds, in seconds.
              PerfKit:service_thresholds:services:orders:error_rate_percent:critical is 1; allowed: warning (5) or more; above 0, up to 100.
              PerfKit:service_thresholds:services:orders:latency is not a threshold; allowed: cpu_cores, blocked_pool_threads, response_time_seconds, error_rate_percent, connection_pool_utilization.
              PerfKit:system_thresholds:cpu_usage_percent:citical is not a setting; allowed: warning, critical, action, duration_seconds, cooldown_seconds.
              PerfKit:system_thresholds:cpu_usage_percent:warning is '80 %'; allowed: a number (percent), above 0, up to 100.
              PerfKit:system_thresholds:disk_usage_percent is '90'; allowed: a section of warning, critical, action, duration_seconds, cooldown_seconds.
              PerfKit:system_thresholds:gc_pause_percent:warning is '130'; allowed: a number (percent), above 0, up to 100.
              PerfKit:system_thresholds:memory_usage_bytes:warning is '1500000.5'; allowed: a whole number (bytes), 1048576 or more.
              PerfKit:system_thresholds:memory_usage_mb is not a threshold; allowed: memory_usage_percent, in percent.
              PerfKit:system_thresholds:memory_usage_percent:critical is 80; allowed: warning (90) or more; above 0, up to 100.
              PerfKit:system_thresholds:response_time_seconds is not a threshold; allowed: it belongs in service_thresholds.
            """,
            message, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Services_haveLimitsOfTheirOwn_overThoseOfAll()
    {
        Thresholds thresholds = Read("""
            { "service_thresholds": {
                "response_time_seconds": { "warning": 2, "critical": 5 },
                "services": { "orders": { "response_time_seconds": { "warning": 0.5 } } } } }
            """);

        Assert.Equal(TimeSpan.FromSeconds(2), thresholds.For("mail").OperationP99);
        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5)), (thresholds.For("orders").OperationP99, thresholds.For("orders").OperationP99Critical));
    }

    [Fact]
    public void ActionDurationAndCoolDown_makeAnAlertRule()
    {
        MonitoringOptions monitoring = Options(Json("""
            {
              "system_thresholds": { "cpu_usage_percent": { "warning": 70, "action": "scale_up", "cooldown_seconds": 600 } },
              "service_thresholds": {
                "response_time_seconds": { "action": "optimize_queries", "duration_seconds": 90 },
                "services": { "orders": { "response_time_seconds": { "warning": 0.5 }, "cpu_cores": { "warning": 2, "duration_seconds": 0 } } }
              }
            }
            """)).Monitoring;

        Assert.Equal(
            [
                new AlertRule { Figure = "cpu_usage_percent", Duration = TimeSpan.FromSeconds(30), CoolDown = TimeSpan.FromMinutes(10), Action = "scale_up" },
                new AlertRule { Figure = "memory_usage_bytes" },
                new AlertRule { Figure = "disk_usage_percent", Duration = TimeSpan.FromSeconds(60) },
                new AlertRule { Figure = "response_time_seconds", Duration = TimeSpan.FromSeconds(90), Action = "optimize_queries" },
                new AlertRule { Figure = "cpu_cores", Service = "orders", Duration = TimeSpan.Zero },
                new AlertRule { Figure = "response_time_seconds", Service = "orders", Duration = TimeSpan.FromSeconds(90), Action = "optimize_queries" },
            ],
            monitoring.Rules);
    }

    [Fact]
    public void AlertSettingsThatAreWrong_areNamed()
    {
        string message = Refused("""
            { "system_thresholds": {
                "cpu_usage_percent": { "duration_seconds": "30s", "cooldown_seconds": -1, "action": { "name": "x" } },
                "startup_time_seconds": { "action": "wait" } } }
            """);

        string[] expected =
        [
            "PerfKit:system_thresholds:cpu_usage_percent:duration_seconds is '30s'; allowed: a number (seconds), 0 to 86400.",
            "PerfKit:system_thresholds:cpu_usage_percent:cooldown_seconds is '-1'; allowed: a number (seconds), 0 to 604800.",
            "PerfKit:system_thresholds:cpu_usage_percent:action is a section; allowed: a word or two, such as scale_up, up to 128 characters.",
            "PerfKit:system_thresholds:startup_time_seconds:action is not a setting; allowed: warning, critical (audits judge it, and no alert watches it).",
        ];
        Assert.All(expected, sentence => Assert.Contains(sentence, message, StringComparison.Ordinal));
    }

    [Fact]
    public void EnvironmentVariables_setALevelOfAFile()
    {
        const string Variable = "PKTEST_PerfKit__system_thresholds__cpu_usage_percent__warning";
        Environment.SetEnvironmentVariable(Variable, "65");
        try
        {
            Thresholds thresholds = Options(Json("""{ "system_thresholds": { "cpu_usage_percent": { "warning": 70, "critical": 90 } } }""").AddEnvironmentVariables("PKTEST_")).Thresholds;

            Assert.Equal((65, 90.0), (thresholds.CpuPercent, thresholds.CpuPercentCritical));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }

    [Fact]
    public void AThresholdUnderBothItsNames_isRefused() => Assert.Contains(
        "PerfKit:system_thresholds:cpu_usage_percent sets what PerfKit:Thresholds:CpuPercentCritical sets; allowed: one of them.",
        Refused("""{ "Thresholds": { "CpuPercentCritical": 95 }, "system_thresholds": { "cpu_usage_percent": { "warning": 70 } } }"""), StringComparison.Ordinal);

    private static string Refused(string json) => Assert.Throws<OptionsValidationException>(() => Read(json)).Message;

    private static Thresholds Read(string json) => Options(Json(json)).Thresholds;

    private static IConfigurationBuilder Json(string section) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "PerfKit": {{section}} }""")));

    private static PerformanceAuditorOptions Options(IConfigurationBuilder configuration)
    {
        var services = new ServiceCollection();
        services.AddPerformanceAuditor(configuration.Build().GetSection("PerfKit"));
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<PerformanceAuditorOptions>>().Value;
    }
}
