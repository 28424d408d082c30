using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>The names under which a load test's figures are stored: what <c>RunMetric.Metric</c> says. They do not change.</summary>
/// <remarks>The test's name is the figure's service, its operation type the operation; times are in <c>s</c>, sizes in <c>B</c>.</remarks>
public static class LoadMetrics
{
    /// <summary>The median latency.</summary>
    public const string P50 = "latency.p50";

    /// <summary>The 95th percentile.</summary>
    public const string P95 = "latency.p95";

    /// <summary>The 99th percentile.</summary>
    public const string P99 = "latency.p99";

    /// <summary>The 99.9th percentile.</summary>
    public const string P999 = "latency.p99.9";

    /// <summary>Operations a second.</summary>
    public const string Throughput = BenchmarkMetrics.Throughput;

    /// <summary>The share of operations that succeeded, 0 to 1.</summary>
    public const string SuccessRate = BenchmarkMetrics.SuccessRate;

    /// <summary>The largest working set sampled.</summary>
    public const string PeakWorkingSet = BenchmarkMetrics.PeakWorkingSet;

    /// <summary>The mean of cores used, in <c>cores</c>.</summary>
    public const string CpuCores = "cpu.cores";

    /// <summary>Whether the generator kept the rate: 1 or 0; absent in the closed model.</summary>
    public const string KeptRate = GeneratorPrefix + "kept_rate";

    internal const string GeneratorPrefix = "generator.";

    internal static AuditRun ToRun(IEnumerable<LoadTestResult> results, RunConditions conditions, DateTimeOffset finishedAt)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return new AuditRun
        {
            Id = Guid.NewGuid(),
            Application = conditions.Application,
            Kind = AuditKind.LoadTest,
            FinishedAt = finishedAt,
            MachineFingerprint = conditions.Machine.Fingerprint,
            Commit = conditions.Revision?.Commit,
            Branch = conditions.Revision?.Branch,
            Facts = BenchmarkRuns.FactsOf(conditions.Machine),
            Metrics = [.. results.SelectMany(MetricsOf)],
        };
    }

    private static IEnumerable<RunMetric> MetricsOf(LoadTestResult result)
    {
        (string Name, double? Value, string Unit)[] figures =
        [
            (P50, result.Latency.Quantile(0.5) / 1e9, "s"),
            (P95, result.Latency.Quantile(0.95) / 1e9, "s"),
            (P99, result.Latency.Quantile(0.99) / 1e9, "s"),
            (P999, result.Latency.Quantile(0.999) / 1e9, "s"),
            (Throughput, result.Throughput, "1/s"),
            (SuccessRate, result.SuccessRate, ""),
            (PeakWorkingSet, result.Resources.PeakWorkingSetBytes, "B"),
            (CpuCores, result.Resources.CpuCores, "cores"),
            (KeptRate, result.Generator.KeptRate is { } kept ? kept ? 1 : 0 : null, ""),
        ];
        return figures
            .Where(figure => figure.Value is { } value && double.IsFinite(value))
            .Select(figure => new RunMetric(result.Name, figure.Name, figure.Value!.Value, figure.Unit) { Operation = result.OperationType });
    }
}
