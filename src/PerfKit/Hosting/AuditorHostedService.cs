using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PerfKit.Analysis;

namespace PerfKit;

/// <summary>Ties the auditor to the host's life: samples while the host runs, and marks the end of start-up.</summary>
internal sealed class AuditorHostedService(PerformanceAuditor auditor, ILoggerFactory loggerFactory) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = loggerFactory.CreateLogger(Log.Category);
    private CancellationTokenSource _stopping = new();
    private IDisposable? _sampling;
    private Task _startupAudit = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) =>
        Guarded("starting", () =>
        {
            if (_sampling is not null)
                return;
            _stopping = new CancellationTokenSource(); // a host may be started again
            _sampling = auditor.Sample();
        });

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Guarded("started", () =>
    {
        auditor.StartupTracker.MarkReady();
        // Beside the host: the first audit compiles the detectors, and start-up must not wait for its own measurement.
        _startupAudit = Task.Run(AuditStartupAsync, CancellationToken.None);
    });

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        // The host's patience bounds how long an audit, with a detector or a store of the user's, may still take.
        await _startupAudit.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Guarded("stopped", () =>
        {
            _sampling?.Dispose();
            _sampling = null;
        }).ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task AuditStartupAsync()
    {
        try
        {
            StartupReport report = await auditor.AuditStartupPerformanceAsync(_stopping.Token).ConfigureAwait(false);
            if (report.ServicesAnalyzed == 0)
                _logger.StartNotMeasured();
            else
                _logger.Started(report.TotalStartupTime.TotalSeconds, report.ServicesAnalyzed, report.Bottlenecks.Count);
            foreach (Bottleneck bottleneck in report.Bottlenecks)
                _logger.BottleneckFound(bottleneck.Rule.ToString(), bottleneck.Service, bottleneck.Description);
            foreach (Sampling.UnavailableFigure figure in auditor.Sampler.Unavailable)
                _logger.FiguresUnavailable(figure.Figure, figure.Reason);
        }
        catch (OperationCanceledException)
        {
            // The host stopped before its start was looked at.
        }
        catch (Exception exception)
        {
            _logger.Failed(exception, "started");
        }
    }

    private Task Guarded(string phase, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _logger.Failed(exception, phase);
        }
        return Task.CompletedTask;
    }
}
