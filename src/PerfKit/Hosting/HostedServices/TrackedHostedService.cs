using Microsoft.Extensions.Hosting;

namespace PerfKit;

/// <summary>Stands for a hosted service before the host. Only starting is timed; the container owns and disposes of the service.</summary>
internal class TrackedHostedService(IHostedService service, PhaseTimer timer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        timer.Run(nameof(StartAsync), service.StartAsync, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => service.StopAsync(cancellationToken);

    public override string? ToString() => service.ToString();
}

/// <summary>Stands for a hosted service that takes part in the host's other phases, too.</summary>
internal sealed class TrackedLifecycleService(IHostedLifecycleService service, PhaseTimer timer)
    : TrackedHostedService(service, timer), IHostedLifecycleService
{
    private readonly PhaseTimer _timer = timer;

    public Task StartingAsync(CancellationToken cancellationToken) =>
        _timer.Run(nameof(StartingAsync), service.StartingAsync, cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) =>
        _timer.Run(nameof(StartedAsync), service.StartedAsync, cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => service.StoppingAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => service.StoppedAsync(cancellationToken);
}
