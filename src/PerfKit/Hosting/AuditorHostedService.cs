using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PerfKit.Analysis;

namespace PerfKit;

/// <summary>Ties the auditor to the host's life: samples while the host runs, and marks the end of start-up.</summary>
/// <param name="auditor">The host's auditor.</param>
/// <param name="tracking">What became of tracking the host's services.</param>
/// <param name="monitor">Watches while the host runs; <c>null</c> when nobody asked for it.</param>
/// <param name="lifetime">The host's lifetime; <c>null</c> where there is only something that starts hosted services.</param>
/// <param name="web">What a web host tells of its requests; <c>null</c> without one.</param>
/// <param name="loggerFactory">Where messages go.</param>
internal sealed class AuditorHostedService(
    PerformanceAuditor auditor,
    StartupTracking tracking,
    PerformanceMonitor? monitor,
    IHostApplicationLifetime? lifetime,
    DiagnosticListener? web,
    ILoggerFactory loggerFactory) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = QuietLogger.Of(loggerFactory);
    private CancellationTokenSource _stopping = new();
    private IDisposable? _sampling;
    private FirstRequest? _firstRequest;
    private CancellationTokenRegistration _started;
    private Task _startupAudit = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) =>
        Guarded("starting", () =>
        {
            if (_sampling is not null)
                return;
            _stopping = new CancellationTokenSource(); // a host may be started again
            _sampling = auditor.Sample();
            monitor?.Start();
            Report();
            _firstRequest ??= web is null ? null : new FirstRequest(web, auditor.StartupTracker);
            if (lifetime is not null)
                _started = lifetime.ApplicationStarted.Register(() => Guarded("started", Ready));
        });

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Other services may still be busy in their own StartedAsync; the host says when all are done.
    public Task StartedAsync(CancellationToken cancellationToken) =>
        lifetime is null ? Guarded("started", Ready) : Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        // The host's patience bounds how long an audit, with a detector or a store of the user's, may still take.
        await _startupAudit.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Guarded("stopped", () =>
        {
            monitor?.Stop();
            _sampling?.Dispose();
            _sampling = null;
            _started.Dispose();
            _firstRequest?.Dispose();
        }).ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private void Ready()
    {
        auditor.StartupTracker.Mark(HostMilestones.Started);
        auditor.StartupTracker.MarkReady();
        // Beside the host: the first audit compiles the detectors, and start-up must not wait for its own measurement.
        _startupAudit = Task.Run(AuditStartupAsync, CancellationToken.None);
    }

    private void Report()
    {
        if (tracking.Failure is { } failure)
            _logger.Failed(failure, "building");
        else if (tracking.IsPending)
            _logger.NotTracked("Call ApplyTracking() after the last registration; only a host built while PerfKit listens does it by itself.");
        else if (tracking.Notice is { } notice)
            _logger.NotTracked(notice);
    }

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
