using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PerfKit.Analysis;

namespace PerfKit.Tests;

public sealed class OptionsConfigurationTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void AddPerformanceAuditor_serviceTypeWithoutAName_isNamedWithTheOtherMistakes(string name)
    {
        var mistake = Assert.Throws<OptionsValidationException>(() => Read(new() { [$"PerfKit:ServiceTypes:{name}"] = "Essential", ["PerfKit:OwnCpuPercent"] = "0" }));

        Assert.Contains($"PerfKit:ServiceTypes has the name '{name}'; allowed:", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("OwnCpuPercent is 0; allowed:", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPerformanceAuditor_withASection_readsEverySetting()
    {
        PerformanceAuditorOptions options = Read(new()
        {
            ["PerfKit:ApplicationName"] = "shop",
            ["PerfKit:SamplingInterval"] = "00:00:00.25",
            ["PerfKit:SampleHistory"] = "00:10:00",
            ["PerfKit:CoarseHistory"] = "06:00:00",
            ["PerfKit:AnalysisWindow"] = "00:01:00",
            ["PerfKit:WaitWatching"] = "onbreach",
            ["PerfKit:WaitWatchDuration"] = "00:00:10",
            ["PerfKit:AuditLogPath"] = "logs/audit.log",
            ["PerfKit:AuditLogMaxBytes"] = "65536",
            ["PerfKit:AuditLogKeptFiles"] = "2",
            ["PerfKit:ExportStartupActivities"] = "True",
            ["PerfKit:OwnCpuPercent"] = "0.5",
            ["PerfKit:SuppressedRules:0"] = "PK0004",
            ["PerfKit:SuppressedRules:1"] = "PK0011",
            ["PerfKit:Thresholds:CpuPercent"] = "70.5",
            ["PerfKit:Thresholds:CpuPercentCritical"] = "95",
            ["PerfKit:Thresholds:MemoryBytes"] = "2147483648",
            ["PerfKit:Thresholds:StartupSlow"] = "00:00:02",
            ["PerfKit:Thresholds:StartupSlowCritical"] = "00:00:09",
            ["PerfKit:Thresholds:IoBytesPerSecond"] = "2e8",
            ["PerfKit:Thresholds:BlockedPoolThreads"] = "3",
            ["PerfKit:DiskPaths:0"] = "/var",
        });

        Assert.Equal("shop", options.ApplicationName);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.SamplingInterval);
        Assert.Equal(TimeSpan.FromMinutes(10), options.SampleHistory);
        Assert.Equal(TimeSpan.FromHours(6), options.CoarseHistory);
        Assert.Equal((WaitWatching.OnBreach, TimeSpan.FromSeconds(10)), (options.WaitWatching, options.WaitWatchDuration));
        Assert.Equal(TimeSpan.FromMinutes(1), options.AnalysisWindow);
        Assert.Equal("logs/audit.log", options.AuditLogPath);
        Assert.Equal(65_536, options.AuditLogMaxBytes);
        Assert.Equal(2, options.AuditLogKeptFiles);
        Assert.True(options.ExportStartupActivities);
        Assert.Equal(0.5, options.OwnCpuPercent);
        Assert.Equal([Rule.IoBound, Rule.MemoryPressure], options.SuppressedRules);
        Assert.Equal(["/var"], options.DiskPaths);
        Assert.Equal(70.5, options.Thresholds.CpuPercent);
        Assert.Equal(95, options.Thresholds.CpuPercentCritical);
        Assert.Equal(2L << 30, options.Thresholds.MemoryBytes);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Thresholds.StartupSlow);
        Assert.Equal(TimeSpan.FromSeconds(9), options.Thresholds.StartupSlowCritical);
        Assert.Equal(2e8, options.Thresholds.IoBytesPerSecond);
        Assert.Equal(3, options.Thresholds.BlockedPoolThreads);
    }

    [Fact]
    public void AddPerformanceAuditor_withASectionFullOfMistakes_namesThemAll()
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["PerfKit:SamplingIntervall"] = "00:00:01",
            ["PerfKit:SamplingInterval"] = "5",
            ["PerfKit:AuditLogMaxBytes"] = "10 MB",
            ["PerfKit:SuppressedRules:0"] = "cpu",
            ["PerfKit:Thresholds:CpuPercent"] = "80 %",
            ["PerfKit:Thresholds:Cpu"] = "80",
            ["PerfKit:Thresholds:MemoryBytes"] = "12",
        }));

        string[] expected =
        [
            "PerfKit:SamplingInterval is '5'; allowed: a time as [days.]hours:minutes:seconds, such as 00:00:01.5.",
            "PerfKit:AuditLogMaxBytes is '10 MB'; allowed: a whole number.",
            "PerfKit:SuppressedRules:0 is 'cpu'; allowed: a rule id, PK0001 to PK9999.",
            "PerfKit:Thresholds:CpuPercent is '80 %'; allowed: a number such as 80 or 0.5.",
            "Thresholds.MemoryBytes is 12; allowed: 1048576 or more.",
        ];
        Assert.All(expected, sentence => Assert.Contains(sentence, refused.Message, StringComparison.Ordinal));
        Assert.Contains("PerfKit:SamplingIntervall is not a setting; allowed: ApplicationName, SamplingInterval, ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("PerfKit:Thresholds:Cpu is not a setting; allowed: CpuPercent, ", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A setting that the section cannot set would be one that users cannot change without a release.</summary>
    [Fact]
    public void EverySettableOption_isReadFromConfiguration()
    {
        IEnumerable<string> names = typeof(PerformanceAuditorOptions).GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true } && property.PropertyType != typeof(Thresholds)).Select(property => property.Name)
            .Concat(typeof(Thresholds).GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.Name != nameof(Thresholds.Services)).Select(property => "Thresholds:" + property.Name));

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() =>
            Read(names.ToDictionary(name => "PerfKit:" + name, _ => (string?)"\0")));

        Assert.DoesNotContain("is not a setting", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PerfKit", "80", "PerfKit is '80'; allowed: a section of settings.")]
    [InlineData("PerfKit:Thresholds", "80", "PerfKit:Thresholds is '80'; allowed: a section of limits.")]
    [InlineData("PerfKit:SamplingInterval:Seconds", "5", "PerfKit:SamplingInterval is a section; allowed: a time as")]
    [InlineData("PerfKit:AuditLogPath", "a\0b", "AuditLogPath is 'a")]
    [InlineData("PerfKit:SamplingInterval", "10675199.02:48:05", "SamplingInterval is 10675199.02:48:05; allowed: 00:00:00.0100000 to 00:10:00.")]
    public void AddPerformanceAuditor_withAValueOfAnotherShape_refusesIt(string key, string value, string expected)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => Read(new() { [key] = value }));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SuppressedRules_inOneValue_areSeparatedByCommas()
    {
        PerformanceAuditorOptions options = Read(new() { ["PerfKit:SuppressedRules"] = "PK0001, pk0002" });

        Assert.Equal([Rule.StartupSlow, Rule.CpuIntensive], options.SuppressedRules);
    }

    private static PerformanceAuditorOptions Read(Dictionary<string, string?> values)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(values).Build();
        var services = new ServiceCollection();
        services.AddPerformanceAuditor(configuration.GetSection("PerfKit"));
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<PerformanceAuditorOptions>>().Value;
    }
}
