using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PerfKit.Analysis;

namespace PerfKit;

/// <summary>Ties the auditor to the host's life: samples while the host runs, and marks the end of start-up.</summary>
internal sealed class AuditorHostedService(PerformanceAuditor auditor, ILoggerFactory loggerFactory) : IHostedLifecycleService
{
    private readonly ILogger _logger = loggerFactory.CreateLogger(Log.Category);
    private IDisposable? _sampling;

    public Task StartingAsync(CancellationToken cancellationToken) =>
        Guarded("starting", () => _sampling = auditor.Sample());

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            auditor.StartupTracker.MarkReady();
            StartupReport report = await auditor.AuditStartupPerformanceAsync(cancellationToken).ConfigureAwait(false);
            _logger.Started(report.TotalStartupTime.TotalSeconds, report.ServicesAnalyzed, report.Bottlenecks.Count);
            foreach (Bottleneck bottleneck in report.Bottlenecks)
                _logger.BottleneckFound(bottleneck.Rule.ToString(), bottleneck.Service, bottleneck.Description);
            foreach (Sampling.UnavailableFigure figure in auditor.Sampler.Unavailable)
                _logger.FiguresUnavailable(figure.Figure, figure.Reason);
        }
        catch (Exception exception)
        {
            _logger.Failed(exception, "started");
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) =>
        Guarded("stopped", () => _sampling?.Dispose());

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
