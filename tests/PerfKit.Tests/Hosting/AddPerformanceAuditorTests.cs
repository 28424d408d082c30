using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class AddPerformanceAuditorTests
{
    [Fact]
    public void AddPerformanceAuditor_twice_registersOneOfEach()
    {
        var services = new ServiceCollection();
        services.AddPerformanceAuditor(options => options.ApplicationName = "first");
        services.AddPerformanceAuditor(options => options.SamplingInterval = TimeSpan.FromSeconds(2));
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IHostedService>());
        Assert.Single(provider.GetServices<IValidateOptions<PerformanceAuditorOptions>>());
        PerformanceAuditorOptions options = provider.GetRequiredService<IOptions<PerformanceAuditorOptions>>().Value;
        Assert.Equal(("first", TimeSpan.FromSeconds(2)), (options.ApplicationName, options.SamplingInterval));
        Assert.Same(provider.GetRequiredService<PerformanceAuditor>(), provider.GetRequiredService<IPerformanceAuditor>());
    }

    [Fact]
    public void AddPerformanceAuditor_keepsTheUsersOwnRegistrations()
    {
        var tracker = new StartupTracker();
        var services = new ServiceCollection();
        services.AddSingleton(tracker);
        services.AddPerformanceAuditor();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Same(tracker, provider.GetRequiredService<IPerformanceAuditor>().StartupTracker);
    }

    [Fact]
    public async Task AddDetector_takesPartInEveryAudit()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new StartupTracker());
        services.AddPerformanceAuditor().AddDetector<Own>().AddDetector<Own>();
        using ServiceProvider provider = services.BuildServiceProvider();

        StartupReport report = await provider.GetRequiredService<IPerformanceAuditor>().AuditStartupPerformanceAsync();

        Assert.Equal("PK9000", Assert.Single(report.Bottlenecks).Rule.ToString());
    }

    [Fact]
    public void AddJsonLinesStore_withABlankPath_isRefused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddPerformanceAuditor().AddJsonLinesStore(" "));

    private sealed class Own : IBottleneckDetector
    {
        public RuleId Rule => new(9000);

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) =>
        [
            new Bottleneck
            {
                Rule = Rule,
                Type = BottleneckType.ResourceContention,
                Service = "own",
                Description = "seen by my own rule",
                Evidence = [new Evidence("figure", 1, MeasureUnit.Count)],
            },
        ];

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => null;
    }
}
