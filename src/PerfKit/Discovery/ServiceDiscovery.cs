using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>Finds the services of this process and the processes of this machine. Thread-safe.</summary>
public sealed class ServiceDiscovery
{
    private readonly StartupTracker _tracker;
    private readonly IReadOnlyCollection<string> _hostedServices;
    private readonly ProcessDiscovery _processes;

    internal ServiceDiscovery(StartupTracker tracker, IReadOnlyCollection<string> hostedServices)
    {
        _tracker = tracker;
        _hostedServices = hostedServices;
        _processes = new ProcessDiscovery();
    }

    /// <summary>Lists the services of this process first, then the machine's processes, each by name.</summary>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The services; processes that may not be looked at are listed with what is known.</returns>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public Task<IReadOnlyList<ServiceInfo>> DiscoverServicesAsync(CancellationToken cancellationToken = default) =>
        Task.Run<IReadOnlyList<ServiceInfo>>(() => [.. OwnServices(), .. Processes(cancellationToken)], cancellationToken);

    /// <summary>The services of this process alone, by name; cheap.</summary>
    internal IReadOnlyList<ServiceInfo> OwnServices()
    {
        var services = new Dictionary<string, ServiceInfo>(StringComparer.Ordinal);
        StartupSnapshot startup = _tracker.Snapshot();
        foreach (StartupService service in startup.Services.Values)
        {
            services[service.Name] = new ServiceInfo
            {
                Name = service.Name,
                Type = service.Type,
                Origin = ServiceOrigin.StartupScope,
                ProcessId = Environment.ProcessId,
                StartedAt = startup.Origin + service.StartedAt,
                StartupDuration = service.Duration,
            };
        }
        foreach (string name in _hostedServices)
            services.TryAdd(name, Own(name, ServiceOrigin.HostedService, ServiceType.Background));
        foreach (ServiceUsage usage in UsageSnapshot.Take().OfApplication().Services)
        {
            ServiceInfo service = services.GetValueOrDefault(usage.Service) ?? Own(usage.Service, ServiceOrigin.ServiceContext, ServiceType.Essential);
            services[usage.Service] = service with { CpuTime = usage.Cpu, IoBytes = usage.IoReadBytes + usage.IoWrittenBytes };
        }
        return [.. services.Values.OrderBy(service => service.Name, StringComparer.Ordinal)];
    }

    private IEnumerable<ServiceInfo> Processes(CancellationToken cancellationToken) => _processes.Discover(cancellationToken)
        .Select(process => new ServiceInfo
        {
            Name = process.Name,
            Type = process.IsCurrent ? ServiceType.Essential
                : process.ParentId == Environment.ProcessId ? ServiceType.Optional : ServiceType.Background,
            Origin = ServiceOrigin.Process,
            ProcessId = process.Id,
            ParentProcessId = process.ParentId,
            StartedAt = process.StartedAt,
            CpuTime = process.CpuTime,
            WorkingSetBytes = process.WorkingSetBytes,
            IoBytes = process.IoReadBytes + process.IoWrittenBytes,
            ThreadCount = process.ThreadCount,
        })
        .OrderBy(service => service.Name, StringComparer.Ordinal).ThenBy(service => service.ProcessId);

    private static ServiceInfo Own(string name, ServiceOrigin origin, ServiceType type) =>
        new() { Name = name, Type = type, Origin = origin, ProcessId = Environment.ProcessId };
}
