namespace PerfKit.Storage;

/// <summary>Remembers what earlier audits measured. Implementations are safe to call from several threads at once.</summary>
public interface IPerformanceStore
{
    /// <summary>Keeps a run. When the task completes, later queries see it.</summary>
    /// <param name="run">The run to keep.</param>
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

    /// <summary>Returns the figures that match, oldest <see cref="AuditRun.FinishedAt"/> first, as a history is read.</summary>
    /// <param name="query">Which figures to return.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>The figures; empty when none matches or nothing was kept yet.</returns>
    /// <exception cref="ArgumentException"><see cref="MetricQuery.Limit"/> is below 1.</exception>
    Task<IReadOnlyList<MetricPoint>> QueryMetricsAsync(MetricQuery query, CancellationToken ct = default);
}
