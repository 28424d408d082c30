using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit.DetectionBenchmark;

/// <summary>The audited program: services under a host, with PerfKit as a user adds it, and default thresholds.</summary>
internal static class ChildProgram
{
    private static readonly TimeSpan SamplingInterval = TimeSpan.FromMilliseconds(200);

    // Shorter audits beside the whole one tell how soon something is found.
    private static readonly int[] ShortAudits = [1, 2, 3], LongAudits = [10, 20, 30, 45, 60, 80];

    internal static JsonSerializerOptions Json { get; } = new() { Converters = { new JsonStringEnumConverter() } };

    public static async Task<int> RunAsync(string name, int seed, bool isFixed, int remotePort, string reportFolder)
    {
        Case @case = Catalog.Of(seed).Single(@case => @case.Name == name);
        if (isFixed)
            @case = @case.Fixed();
        using IDisposable? surroundings = @case.Workloads.Select(workload => workload.Surround()).FirstOrDefault(made => made is not null);
        using var premises = new Premises(remotePort);

        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddPerformanceAuditor(options =>
        {
            options.ApplicationName = Names.Application;
            options.SamplingInterval = SamplingInterval;
        });
        foreach (Workload workload in @case.Workloads)
            builder.Services.AddSingleton<IHostedService>(new WorkloadService(workload, premises));
        using IHost host = builder.Build();
        await host.StartAsync();

        var auditor = host.Services.GetRequiredService<IPerformanceAuditor>();
        StartupReport startup = await auditor.AuditStartupPerformanceAsync();
        int[] shorter = [.. (@case.IsLong ? LongAudits : ShortAudits).Where(seconds => seconds < @case.Audit.TotalSeconds)];
        Task<RuntimeReport>[] early = [.. shorter.Select(seconds => auditor.AuditRuntimePerformanceAsync(TimeSpan.FromSeconds(seconds)))];
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        RuntimeReport runtime = await auditor.AuditRuntimePerformanceAsync(@case.Audit);
        double cores = (Environment.CpuUsage.TotalTime - cpuBefore) / runtime.Duration;
        RuntimeReport[] audits = [.. await Task.WhenAll(early), runtime];

        if (reportFolder.Length > 0)
            await runtime.SaveJsonAsync(Path.Combine(reportFolder, name.Replace('/', '-') + (isFixed ? "-fixed.json" : ".json")));
        Console.WriteLine(JsonSerializer.Serialize(ResultOf(@case, startup, runtime, audits) with { Cores = cores }, Json));
        await host.StopAsync(CancellationToken.None);
        return 0;
    }

    private static ChildResult ResultOf(Case @case, StartupReport startup, RuntimeReport runtime, RuntimeReport[] audits)
    {
        var toFind = startup.Bottlenecks.SelectMany(root => Flat(root)).DistinctBy(found => found.Type).ToDictionary(found => found.Type, _ => 0.0);
        foreach (RuntimeReport audit in audits.OrderBy(audit => audit.Duration))
        {
            foreach (Finding found in audit.Bottlenecks.SelectMany(root => Flat(root)))
                toFind.TryAdd(found.Type, audit.Duration.TotalSeconds);
        }
        Bottleneck[] roots = [.. startup.Bottlenecks, .. runtime.Bottlenecks];
        return new ChildResult
        {
            Found = [.. roots.SelectMany(root => Flat(root))],
            Predictions = [.. startup.Recommendations.Concat(runtime.Recommendations).Where(advice => advice.Saving is not null).Select(advice =>
                (Advice: advice, Root: roots.FirstOrDefault(root => root.Rule == advice.Rule && root.Service == advice.Service)))
                .Where(answer => answer.Root is not null)
                .Select(answer => new Prediction(answer.Root!.Type, answer.Root.Service, answer.Advice.Title, answer.Advice.Saving!.AtLeast, answer.Advice.Saving.AtMost, answer.Advice.Saving.Measure))],
            SecondsToFind = toFind,
            Figures = Figures.Of(@case, startup, runtime),
            Reasons = runtime.Explanations.ToDictionary(explanation => explanation.Rule.ToString(), explanation => explanation.Reason),
            StartSeconds = startup.TotalStartupTime.TotalSeconds,
            AuditSeconds = runtime.Duration.TotalSeconds,
            MachineCpuPercent = Figures.Median(runtime.Samples, sample => sample.MachineCpuPercent),
            Failures = [.. startup.Failures, .. runtime.Failures],
        };
    }

    private static IEnumerable<Finding> Flat(Bottleneck bottleneck, bool isRoot = true) =>
        bottleneck.Consequences.SelectMany(consequence => Flat(consequence, isRoot: false))
            .Prepend(new Finding(bottleneck.Type, bottleneck.Service, bottleneck.Severity, bottleneck.ImpactScore, isRoot, bottleneck.Description));

    /// <summary>A service as a user writes one: its start in a start-up scope, its work in a service context.</summary>
    private sealed class WorkloadService(Workload workload, Premises premises) : BackgroundService
    {
        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            using (StartupScope.Begin(workload.Service))
            using (ServiceContext.Enter(workload.Service))
                await workload.StartAsync(premises);
            await base.StartAsync(cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using (ServiceContext.Enter(workload.Service))
                await workload.RunAsync(premises, stoppingToken);
        }
    }
}
