using Microsoft.Extensions.Hosting;

namespace PerfKit;

/// <summary>
/// Stands for a background service before the host, which watches the task of one and so must see one. Its start is what
/// <c>StartAsync</c> takes: the work that goes on afterwards is no part of it.
/// </summary>
internal class TrackedBackgroundService(BackgroundService service, PhaseTimer timer) : BackgroundService
{
    public override Task? ExecuteTask => service.ExecuteTask;

    public override Task StartAsync(CancellationToken cancellationToken) =>
        timer.Run(nameof(StartAsync), service.StartAsync, cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken) => service.StopAsync(cancellationToken);

    public override string? ToString() => service.ToString();

    // Never called: the service runs its own.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}

/// <summary>Stands for a background service that takes part in the host's other phases, too.</summary>
internal sealed class TrackedBackgroundLifecycleService(BackgroundService service, IHostedLifecycleService lifecycle, PhaseTimer timer)
    : TrackedBackgroundService(service, timer), IHostedLifecycleService
{
    private readonly PhaseTimer _timer = timer;

    public Task StartingAsync(CancellationToken cancellationToken) =>
        _timer.Run(nameof(StartingAsync), lifecycle.StartingAsync, cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) =>
        _timer.Run(nameof(StartedAsync), lifecycle.StartedAsync, cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => lifecycle.StoppingAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => lifecycle.StoppedAsync(cancellationToken);
}
