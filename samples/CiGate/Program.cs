using CiGate;
using PerfKit.Benchmarking;
using PerfKit.Reporting;
using PerfKit.Storage;
using PerfKit.Storage.Sqlite;

// A gate for a build: runs benchmarks, keeps the run, compares it with its history and its baseline, writes a comment for the pull
// request and a report, and ends with 1 when the build should fail.
if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

PerformanceConfiguration configuration;
try
{
    configuration = PerformanceConfiguration.Load(arguments.Configuration);
}
catch (ConfigurationException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

Directory.CreateDirectory(arguments.Folder);
using var store = new SqliteStore(Path.Combine(arguments.Folder, "performance.db"));
RunConditions conditions = RunConditions.Detect("ci-gate-sample");
var desk = new OrderDesk(arguments.IsSlower);
BenchmarkSuite suite = new BenchmarkSuite(conditions, store, new BenchmarkOptions { WarmUp = TimeSpan.FromMilliseconds(200), TimeBudget = TimeSpan.FromSeconds(2) })
    .Add("parse_order", "cpu", desk.Parse)
    .Add("price_basket", "cpu", desk.Price)
    .AddStartup(ct => Task.Run(() => new OrderDesk(arguments.IsSlower).Price(), ct))
    .AddLoad(ct => Task.Run(desk.Parse, ct), concurrentTasks: 4, operationsPerTask: 50);

SuiteResult results = await suite.RunAllAsync(new Line());
IReadOnlyList<RegressionVerdict> verdicts = await new RegressionDetector(configuration.Regressions).JudgeNewestAsync(
    store, new MetricQuery { Application = conditions.Application, Kind = AuditKind.Benchmark, MachineFingerprint = conditions.Machine.Fingerprint });
BaselineComparison baseline = await suite.DetectRegressionsAsync(configuration.BaselineThresholdPercent);
if (arguments.UpdatesBaseline || baseline.Compared == 0)
{
    IReadOnlyList<BenchmarkResult> established = await suite.EstablishBaselineAsync();
    Console.WriteLine($"From now on these results are the baseline of this machine: {string.Join(", ", established.Select(result => result.Name))}.");
}

CiReport report = CiReport.Create(results, conditions, configuration, verdicts, baseline);
await File.WriteAllTextAsync(Path.Combine(arguments.Folder, "comment.md"), report.ToMarkdown());
await report.ToDocument().SaveAsync(Path.Combine(arguments.Folder, "gate.json"));
ReportDocument history = await new PerformanceReporter(store).ComprehensiveAsync(new HistoryRequest { Application = conditions.Application, Regressions = configuration.Regressions });
await history.SaveAsync(Path.Combine(arguments.Folder, "history.html"));

Console.WriteLine(report.ToDocument().Render(ReportRenderers.Text));
Console.WriteLine($"{report.Status}. The comment and the report are in {Path.GetFullPath(arguments.Folder)}.");
return report.ExitCode;
