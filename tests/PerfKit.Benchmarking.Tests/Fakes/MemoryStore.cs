using PerfKit.Storage;

namespace PerfKit.Benchmarking.Tests;

/// <summary>Keeps runs in a list.</summary>
internal sealed class MemoryStore : IPerformanceStore
{
    public List<AuditRun> Runs { get; } = [];

    public Task AppendAsync(AuditRun run, CancellationToken ct = default)
    {
        Runs.Add(run);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRun>> QueryAsync(RunQuery query, CancellationToken ct = default) => Task.FromResult<IReadOnlyList<AuditRun>>(
        [.. Runs.AsEnumerable().Reverse().OrderByDescending(run => run.FinishedAt)
            .Where(run => (query.Application ?? run.Application) == run.Application
                && (query.Kind ?? run.Kind) == run.Kind
                && (query.MachineFingerprint ?? run.MachineFingerprint) == run.MachineFingerprint)
            .Take(query.Limit ?? int.MaxValue)]);

    public async Task<IReadOnlyList<MetricPoint>> QueryMetricsAsync(MetricQuery query, CancellationToken ct = default)
    {
        IReadOnlyList<AuditRun> runs = await QueryAsync(
            new RunQuery { Application = query.Application, Kind = query.Kind, MachineFingerprint = query.MachineFingerprint }, ct);
        return [.. runs.Reverse()
            .Where(run => (query.From is null || run.FinishedAt >= query.From) && (query.Branch ?? run.Branch) == run.Branch)
            .SelectMany(run => run.Metrics.Select(metric => new MetricPoint(run.Id, run.FinishedAt, run.Commit, run.Branch, run.MachineFingerprint, metric)))];
    }
}
