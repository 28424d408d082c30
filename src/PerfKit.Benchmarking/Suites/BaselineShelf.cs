using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>
/// The baselines in a store: runs of an application of their own, one newest for each machine, so that they are found by an exact
/// query and are no part of the history.
/// </summary>
internal sealed class BaselineShelf(IPerformanceStore store, RunConditions conditions)
{
    private const string Suffix = " (baseline)";
    private const int MaxLength = 256;

    private readonly string _application =
        conditions.Application[..Math.Min(conditions.Application.Length, MaxLength - Suffix.Length)] + Suffix;

    /// <summary>The baseline of this machine; empty when there is none.</summary>
    public async Task<IReadOnlyList<BenchmarkResult>> ReadAsync(CancellationToken ct)
    {
        IReadOnlyList<AuditRun> runs = await store.QueryAsync(
            new RunQuery
            {
                Application = _application,
                Kind = AuditKind.Benchmark,
                MachineFingerprint = conditions.Machine.Fingerprint,
                Limit = 1,
            },
            ct).ConfigureAwait(false);
        return runs.Count == 0 ? [] : BenchmarkRuns.FromRun(runs[0]);
    }

    public async Task<IReadOnlyList<BenchmarkResult>> ReplaceAsync(IEnumerable<BenchmarkResult> results, DateTimeOffset at, CancellationToken ct)
    {
        BenchmarkResult[] sound = [.. results.Where(result => result.Success)];
        await store.AppendAsync(BenchmarkRuns.ToRun(sound, conditions with { Application = _application }, at), ct).ConfigureAwait(false);
        return sound;
    }

    public async Task<IReadOnlyList<BenchmarkResult>> UpdateAsync(IReadOnlyList<BenchmarkResult> results, DateTimeOffset at, CancellationToken ct)
    {
        IReadOnlyList<BenchmarkResult> old = await ReadAsync(ct).ConfigureAwait(false);
        BenchmarkResult[] sound = [.. results.Where(result => result.Success)];
        IEnumerable<BenchmarkResult> kept = old.Where(before => !sound.Any(after => (after.Name, after.OperationType) == (before.Name, before.OperationType)));
        return await ReplaceAsync([.. kept, .. sound], at, ct).ConfigureAwait(false);
    }
}
