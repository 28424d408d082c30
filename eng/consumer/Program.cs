using Microsoft.Extensions.DependencyInjection;
using PerfKit;
using PerfKit.Instrumentation;
using PerfKit.Reporting;
using PerfKit.Storage;
using PerfKit.Storage.Sqlite;

// Two services start before any container exists.
using (StartupScope index = StartupScope.Begin("search_index", ServiceType.Essential))
{
    index.AddDependency("catalogue");
    using (index.BeginDependency("tokenizer"))
        Warm(seed: 1);
}

using (StartupScope.Begin("mail_queue", ServiceType.Background))
    Warm(seed: 2);

var services = new ServiceCollection();
services.AddPerformanceAuditor(options => options.AuditLogPath = Path.Combine(AppContext.BaseDirectory, "audit.log"));
await using ServiceProvider provider = services.BuildServiceProvider();

StartupReport report = await provider.GetRequiredService<IPerformanceAuditor>().AuditStartupPerformanceAsync();
Console.WriteLine(report.ToDocument().Render(ReportRenderers.Text));

using var store = new SqliteStore(Path.Combine(AppContext.BaseDirectory, "perfkit.db"));
await store.AppendAsync(new AuditRun
{
    Id = Guid.NewGuid(),
    Application = "consumer",
    Kind = AuditKind.Startup,
    FinishedAt = TimeProvider.System.GetUtcNow(),
    MachineFingerprint = "any",
    Metrics = [new RunMetric("search_index", "duration", 1, "ms")],
});
int kept = (await store.QueryMetricsAsync(new MetricQuery { Service = "search_index", Metric = "duration" })).Count;
return report.ServicesAnalyzed == 2 && kept == 1 ? 0 : 1;

static void Warm(int seed) => new Random(seed).NextBytes(new byte[1_000_000]);
