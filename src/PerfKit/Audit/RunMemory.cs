using Microsoft.Extensions.Logging;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit;

/// <summary>Keeps finished audits in a store, if there is one. A store that fails costs its own data only.</summary>
internal sealed class RunMemory(IPerformanceStore? store, string application, ILogger logger)
{
    private int _hasStored;

    public async Task<TimeSpan?> PreviousStartupAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (store is null)
            return null;
        try
        {
            IReadOnlyList<AuditRun> runs = await store.QueryAsync(
                new RunQuery
                {
                    Application = application,
                    Kind = AuditKind.Startup,
                    MachineFingerprint = MachineFacts.Current.Fingerprint,
                    To = before, // this process's own audits are not its past
                    Limit = 1,
                },
                cancellationToken).ConfigureAwait(false);
            return runs.Count > 0 ? StartupRun.TotalOf(runs[0]) : null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.StoreFailed(exception);
            return null;
        }
    }

    /// <summary>Keeps a start that is over, once in a process.</summary>
    public Task RememberAsync(StartupReport report, CancellationToken cancellationToken) => !IsFirstCompleteStart(report) ? Task.CompletedTask : AppendAsync(
        AuditKind.Startup,
        report.CreatedAt,
        StartupRun.Of(report).ToMetrics(application),
        cancellationToken);

    public Task RememberAsync(RuntimeReport report, CancellationToken cancellationToken) => AppendAsync(
        AuditKind.Runtime,
        report.CreatedAt,
        [
            .. report.Trends.Where(trend => trend.Median is not null)
                .Select(trend => new RunMetric(application, trend.Measure, trend.Median!.Value, trend.Unit.ToString())),
            .. report.Usage.Where(usage => usage.Cpu is not null && usage.Service != ServiceContext.OwnName)
                .Select(usage => new RunMetric(usage.Service, "CPU", usage.Cpu!.Value / report.Duration, "Cores")),
        ],
        cancellationToken);

    private bool IsFirstCompleteStart(StartupReport report) =>
        report.IsComplete && report.Records.Count > 0 && Interlocked.Exchange(ref _hasStored, 1) == 0;

    private async Task AppendAsync(AuditKind kind, DateTimeOffset finishedAt, IReadOnlyList<RunMetric> metrics, CancellationToken cancellationToken)
    {
        if (store is null)
            return;
        try
        {
            var run = new AuditRun
            {
                Id = Guid.NewGuid(),
                Application = application,
                Kind = kind,
                FinishedAt = finishedAt,
                MachineFingerprint = MachineFacts.Current.Fingerprint,
                Metrics = metrics,
            };
            await store.AppendAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.StoreFailed(exception);
        }
    }
}
