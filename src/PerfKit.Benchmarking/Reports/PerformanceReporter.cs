using PerfKit.Reporting;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Reports what a store remembers.</summary>
/// <param name="store">The store.</param>
/// <param name="timeProvider">The clock that a window ends at; <see langword="null"/> for <see cref="TimeProvider.System"/>.</param>
public sealed class PerformanceReporter(IPerformanceStore store, TimeProvider? timeProvider = null)
{
    private readonly IPerformanceStore _store = store ?? throw new ArgumentNullException(nameof(store));
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>
    /// The whole story of a window: for each benchmark its history as a chart with its change points marked, and the verdict on the
    /// newest run. Runs of other machines are left out, and said to be.
    /// </summary>
    /// <param name="request">Which history.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>A task with the document; <see cref="ReportDocument.SaveAsync"/> writes it as HTML, JSON or text.</returns>
    /// <exception cref="ArgumentException">The window is out of its range.</exception>
    public async Task<ReportDocument> ComprehensiveAsync(HistoryRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Window <= TimeSpan.Zero || request.Window > TimeSpan.FromDays(3660))
            throw new ArgumentException($"The window is {request.Window}; allowed is above 0, at most 10 years.", nameof(request));

        DateTimeOffset now = _time.GetUtcNow();
        var points = new List<MetricPoint>();
        foreach (AuditKind kind in (AuditKind[])[AuditKind.Benchmark, AuditKind.LoadTest])
        {
            points.AddRange(await _store.QueryMetricsAsync(
                new MetricQuery { Application = request.Application, Kind = kind, Branch = request.Branch, From = now - request.Window },
                ct).ConfigureAwait(false));
        }

        points.Sort((one, other) => one.FinishedAt.CompareTo(other.FinishedAt));
        string? machine = request.MachineFingerprint ?? (points.Count > 0 ? points[^1].MachineFingerprint : null);
        MetricPoint[] comparable = [.. points.Where(point => point.MachineFingerprint == machine)];
        return HistoryDocument.Of(request, now, comparable, points.Select(point => point.RunId).Distinct().Count());
    }
}
