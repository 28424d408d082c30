using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class ServiceTypeRuleTests
{
    private static readonly int Mine = Environment.ProcessId;

    [Fact]
    public void Defaults_areTheseRulesInThisOrder() => Assert.Equal(
        ["declared", "hosted service", "part of this process", "this process", "started by this process", "other process"],
        ServiceTypeRule.Defaults.Select(rule => rule.Name));

    [Fact]
    public void Classify_ruleThatGivesATypeThereIsNot_hasNoOpinion()
    {
        var classifier = new ServiceClassifier([new("odd", _ => (ServiceType)42), new("next", _ => ServiceType.Optional)], NullLogger.Instance);

        Assert.Equal(ServiceType.Optional, classifier.Classify(new() { Name = "a" }).Type);
    }

    [Fact]
    public void ByName_typeThereIsNot_isRefused()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => ServiceTypeRule.ByName("a", (ServiceType)42));

        Assert.Contains("Allowed: Essential, Optional, Background", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<ServiceInfo, ServiceType> DefaultTypes => new()
    {
        { new() { Name = "a", Origin = ServiceOrigin.StartupScope, DeclaredType = ServiceType.Essential }, ServiceType.Essential },
        { new() { Name = "a", Origin = ServiceOrigin.StartupScope, DeclaredType = ServiceType.Optional }, ServiceType.Optional },
        { new() { Name = "a", Origin = ServiceOrigin.StartupScope, DeclaredType = ServiceType.Background }, ServiceType.Background },
        { new() { Name = "a", Origin = ServiceOrigin.HostedService }, ServiceType.Background },
        { new() { Name = "a", Origin = ServiceOrigin.HostedService, DeclaredType = ServiceType.Essential }, ServiceType.Essential },
        { new() { Name = "a", Origin = ServiceOrigin.ServiceContext }, ServiceType.Essential },
        { new() { Name = "a", Origin = ServiceOrigin.OperationMeter }, ServiceType.Essential },
        { new() { Name = "a", Origin = ServiceOrigin.Process, ProcessId = Mine }, ServiceType.Essential },
        { new() { Name = "a", Origin = ServiceOrigin.Process, ProcessId = Mine + 1, IsStartedByThisProcess = true }, ServiceType.Optional },
        { new() { Name = "a", Origin = ServiceOrigin.Process, ProcessId = Mine + 1 }, ServiceType.Background },
        { new() { Name = "systemd", Origin = ServiceOrigin.Process, ProcessId = 1 }, ServiceType.Background },
    };

    [Theory]
    [MemberData(nameof(DefaultTypes))]
    public void Defaults_eachKindOfService_hasThisType(ServiceInfo service, ServiceType type) =>
        Assert.Equal(type, Classify(ServiceTypeRule.Defaults, service));

    [Theory]
    [InlineData("postgres*", "postgres: writer", true)]
    [InlineData("Postgres*", "postgres", true)]
    [InlineData("postgres", "postgres: writer", false)]
    [InlineData("redis-serve?", "redis-server", true)]
    [InlineData("*", "größer (1)", true)]
    [InlineData("a.b", "acb", false)]
    public void ByName_pattern_meansTheseNames(string pattern, string name, bool isMeant) => Assert.Equal(
        isMeant ? ServiceType.Essential : ServiceType.Background,
        Classify([ServiceTypeRule.ByName(pattern, ServiceType.Essential), .. ServiceTypeRule.Defaults], new() { Name = name, ProcessId = 1 }));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void ByName_blank_isRefused(string pattern) => Assert.Throws<ArgumentException>(() => ServiceTypeRule.ByName(pattern, ServiceType.Essential));

    [Fact]
    public void Classify_noRuleWithAnOpinion_isBackground() => Assert.Equal(ServiceType.Background, Classify([], new() { Name = "a" }));

    [Fact]
    public void Classify_ruleThatThrows_hasNoOpinionAndIsLoggedOnce()
    {
        var log = new CountingLogger();
        var classifier = new ServiceClassifier([new("broken", _ => throw new InvalidOperationException("a user's mistake")), .. ServiceTypeRule.Defaults], log);

        for (int i = 0; i < 3; i++)
            Assert.Equal(ServiceType.Essential, classifier.Classify(new() { Name = "a", Origin = ServiceOrigin.ServiceContext }).Type);
        Assert.Equal(1, log.Count);
    }

    [Fact]
    public async Task Options_rulesOfTheUser_decideFirst()
    {
        var options = new PerformanceAuditorOptions();
        options.ServiceTypeRules.Insert(0, new("the user's", service => service.ProcessId == Mine ? ServiceType.Optional : null));
        using var auditor = new PerformanceAuditor(options);

        IReadOnlyList<ServiceInfo> services = await auditor.ServiceDiscovery.DiscoverServicesAsync();

        Assert.All(services.Where(service => service.ProcessId == Mine), service => Assert.Equal(ServiceType.Optional, service.Type));
    }

    [Fact]
    public void Options_rulesThatCannotBe_areRefused()
    {
        var options = new PerformanceAuditorOptions();
        options.ServiceTypeRules.Add(new(" ", _ => null));

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => new PerformanceAuditor(options));
        Assert.Contains("ServiceTypeRules is a list of 7; allowed: up to 256 rules, each with a name and a function.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configuration_names_goBeforeTheDefaults()
    {
        PerformanceAuditorOptions options = Configured(("PerfKit:ServiceTypes:postgres*", "essential"), ("PerfKit:ServiceTypes:updater", "Background"));

        Assert.Empty(options.ConfigurationErrors);
        Assert.Equal(["postgres*", "updater", .. ServiceTypeRule.Defaults.Select(rule => rule.Name)], options.ServiceTypeRules.Select(rule => rule.Name));
        Assert.Equal(ServiceType.Essential, Classify(options.ServiceTypeRules, new() { Name = "postgres", ProcessId = 1 }));
    }

    [Theory]
    [InlineData("vital")]
    [InlineData("0")]
    [InlineData("")]
    public void Configuration_noSuchType_isAMistake(string type) => Assert.Equal(
        $"PerfKit:ServiceTypes:a is '{type}'; allowed: Essential, Optional, Background.",
        Assert.Single(Configured(("PerfKit:ServiceTypes:a", type)).ConfigurationErrors));

    private static ServiceType Classify(IEnumerable<ServiceTypeRule> rules, ServiceInfo service) =>
        new ServiceClassifier(rules, NullLogger.Instance).Classify(service).Type;

    private static PerformanceAuditorOptions Configured(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build();
        var options = new PerformanceAuditorOptions();
        new OptionsConfiguration(configuration.GetSection("PerfKit")).Configure(options);
        return options;
    }

    private sealed class CountingLogger : ILogger
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
