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
    public async Task OwnDetectorAndRule_takePartInFindingsAdviceExplanationsAndTheReport()
    {
        var services = new ServiceCollection();
        services.AddSingleton(new StartupTracker());
        services.AddSingleton(new Queues { Orders = 900 });
        services.AddPerformanceAuditor().AddDetector<LongQueue>().AddRecommendationRule<SecondConsumer>().AddRecommendationRule<SecondConsumer>();
        using ServiceProvider provider = services.BuildServiceProvider();
        IPerformanceAuditor auditor = provider.GetRequiredService<IPerformanceAuditor>();

        RuntimeReport report = await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(50));

        Bottleneck found = Assert.Single(report.Bottlenecks, bottleneck => bottleneck.Rule == LongQueue.Id);
        Assert.Equal(("orders", Severity.High), (found.Service, found.Severity));
        Assert.Equal(["Drain the queue of orders", "Start a second consumer of orders"],
            report.Recommendations.Where(advice => advice.Rule == LongQueue.Id).Select(advice => advice.Title));
        Assert.Equal(RuleOutcome.Found, report.Explanations.Single(explanation => explanation.Rule == LongQueue.Id).Outcome);
        Assert.Contains(await auditor.IdentifyBottlenecksAsync(), bottleneck => bottleneck.Rule == LongQueue.Id);
        Assert.Contains(await auditor.GenerateOptimizationRecommendationsAsync(), advice => advice.Title == "Start a second consumer of orders");
        Assert.Equal(RuleOutcome.Found, (await auditor.ExplainAsync(LongQueue.Id)).Outcome);
        Assert.Contains("Start a second consumer", report.ToDocument().Render(Reporting.ReportRenderers.Html), StringComparison.Ordinal);
        Assert.Equal(report.ToJson(), RuntimeReport.FromJson(report.ToJson()).ToJson());
    }

    [Fact]
    public void AddJsonLinesStore_withABlankPath_isRefused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddPerformanceAuditor().AddJsonLinesStore(" "));

    private sealed class Queues
    {
        public int Orders { get; init; }
    }

    // The example of docs/extending.md.
    private sealed class LongQueue(Queues queues) : IBottleneckDetector
    {
        public static RuleId Id { get; } = new(9010);

        public RuleId Rule => Id;

        public IReadOnlyList<Bottleneck> Detect(Observations observations, Thresholds thresholds) => queues.Orders < 100 ? [] :
        [
            new Bottleneck
            {
                Rule = Rule,
                Type = BottleneckType.SlowOperation,
                Service = "orders",
                Severity = Severity.High,
                ImpactScore = 70,
                Description = $"{queues.Orders} orders wait.",
                Evidence = [new Evidence("orders that wait", queues.Orders, MeasureUnit.Count, Limit: 100)],
            },
        ];

        public Recommendation? Recommend(Bottleneck bottleneck, Observations observations) => new()
        {
            Rule = Rule,
            Service = bottleneck.Service,
            Title = "Drain the queue of orders",
            Actions = ["Pause the importer until fewer than 100 wait."],
            Priority = bottleneck.Severity,
            Basis = "No prediction.",
            Verification = "Audit again and compare the orders that wait.",
            Evidence = bottleneck.Evidence,
        };
    }

    private sealed class SecondConsumer : IRecommendationRule
    {
        public IReadOnlyList<Recommendation> Recommend(Bottleneck bottleneck, Observations observations) => bottleneck.Service != "orders" ? [] :
        [
            new Recommendation
            {
                Rule = bottleneck.Rule,
                Service = "orders",
                Title = "Start a second consumer of orders",
                Actions = ["Set Orders:Consumers to 2; the partitions allow four."],
                Effort = Effort.Low,
                Priority = bottleneck.Severity,
                Basis = "No prediction: how much the database allows was not measured.",
                Verification = "Audit again and compare the orders that wait.",
                Evidence = bottleneck.Evidence,
            },
        ];
    }

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
