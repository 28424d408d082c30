using System.Runtime.CompilerServices;

namespace PerfKit.Storage;

/// <summary>Remembers what earlier audits measured. Implementations are safe to call from several threads at once.</summary>
/// <remarks>A store needs the three methods without a body; it replaces the others when it can do better.</remarks>
public interface IPerformanceStore
{
    /// <summary>Keeps a run. When the task completes, later queries see it.</summary>
    /// <param name="run">The run to keep. One whose <see cref="AuditRun.Id"/> is kept already is left as it is: an append may be repeated.</param>
    /// <param name="ct">Cancels waiting; a run is kept whole or not at all.</param>
    /// <returns>A task that completes when the run is kept.</returns>
    /// <exception cref="ArgumentException">A field of the run is not what <see cref="AuditRun"/> allows.</exception>
    Task AppendAsync(AuditRun run, CancellationToken ct = default);

    /// <summary>Returns the runs that match, newest <see cref="AuditRun.FinishedAt"/> first.</summary>
    /// <param name="query">Which runs to return.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>The runs; empty when none matches or nothing was kept yet.</returns>
    /// <exception cref="ArgumentException"><see cref="RunQuery.Limit"/> is below 1.</exception>
    Task<IReadOnlyList<AuditRun>> QueryAsync(RunQuery query, CancellationToken ct = default);

    /// <summary>Returns the figures that match, oldest <see cref="AuditRun.FinishedAt"/> first, as a history is read, and those of a run in its order.</summary>
    /// <param name="query">Which figures to return.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>The figures; empty when none matches or nothing was kept yet.</returns>
    /// <exception cref="ArgumentException"><see cref="MetricQuery.Limit"/> is below 1.</exception>
    Task<IReadOnlyList<MetricPoint>> QueryMetricsAsync(MetricQuery query, CancellationToken ct = default);

    /// <summary>Keeps many runs: those whose <see cref="AuditRun.Id"/> is not kept yet.</summary>
    /// <param name="runs">The runs to keep; enumerated once.</param>
    /// <param name="ct">Cancels the rest.</param>
    /// <returns>How many were added.</returns>
    /// <remarks>
    /// Unless a store does better, which those of PerfKit do, they are appended one after another, and those before a failure are kept.
    /// </remarks>
    /// <exception cref="ArgumentException">A field of a run is not what <see cref="AuditRun"/> allows.</exception>
    async Task<int> AppendManyAsync(IEnumerable<AuditRun> runs, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        HashSet<Guid> known = [.. (await QueryAsync(new RunQuery(), ct).ConfigureAwait(false)).Select(run => run.Id)];
        int added = 0;
        foreach (AuditRun run in runs)
        {
            if (!known.Add(run.Id))
                continue;
            await AppendAsync(run, ct).ConfigureAwait(false);
            added++;
        }

        return added;
    }

    /// <summary>Returns the runs that match one after another, newest first: for more of them than memory should hold at once.</summary>
    /// <param name="query">Which runs to return.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>The runs. Those that are kept or forgotten meanwhile may be among them or not.</returns>
    /// <remarks>Unless a store does better, this is the answer of <see cref="QueryAsync"/>, and so is in memory as a whole.</remarks>
    /// <exception cref="ArgumentException"><see cref="RunQuery.Limit"/> is below 1.</exception>
    async IAsyncEnumerable<AuditRun> StreamAsync(RunQuery query, [EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (AuditRun run in await QueryAsync(query, ct).ConfigureAwait(false))
            yield return run;
    }
}
