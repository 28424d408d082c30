using Microsoft.Extensions.Logging;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>Finds the services of this process and the processes of this machine. Thread-safe.</summary>
public sealed class ServiceDiscovery
{
    private readonly StartupTracker _tracker;
    private readonly IReadOnlyCollection<string> _hostedServices;
    private readonly ServiceClassifier _classifier;
    private readonly ProcessDiscovery _processes; // its maker's, who disposes it

    internal ServiceDiscovery(
        StartupTracker tracker, IReadOnlyCollection<string> hostedServices, ProcessDiscovery processes, IEnumerable<ServiceTypeRule> rules, ILogger logger)
    {
        _processes = processes;
        _tracker = tracker;
        _hostedServices = hostedServices;
        _classifier = new ServiceClassifier(rules, logger);
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
            services[service.Name] = Own(service.Name, ServiceOrigin.StartupScope) with
            {
                DeclaredType = service.Type,
                StartedAt = startup.Origin + service.StartedAt,
                StartupDuration = service.Duration,
            };
        }
        foreach (string name in _hostedServices)
            services.TryAdd(name, Own(name, ServiceOrigin.HostedService));
        foreach (ServiceUsage usage in UsageSnapshot.Take().OfApplication().Services)
        {
            ServiceInfo service = services.GetValueOrDefault(usage.Service) ?? Own(usage.Service, ServiceOrigin.ServiceContext);
            services[usage.Service] = service with { CpuTime = usage.Cpu, IoReadBytes = usage.IoReadBytes, IoWrittenBytes = usage.IoWrittenBytes };
        }
        foreach (OperationMeter meter in OperationMeter.All)
        {
            ServiceInfo service = services.GetValueOrDefault(meter.Name) ?? Own(meter.Name, ServiceOrigin.OperationMeter);
            services[meter.Name] = service with { OperationCount = meter.Snapshot().Count };
        }
        return [.. services.Values.Select(_classifier.Classify).OrderBy(service => service.Name, StringComparer.Ordinal)];
    }

    private IEnumerable<ServiceInfo> Processes(CancellationToken cancellationToken)
    {
        IReadOnlyList<ProcessInfo> processes = _processes.Discover(cancellationToken);
        var parents = new Dictionary<int, int?>(processes.Count);
        foreach (ProcessInfo process in processes)
            parents[process.Id] = process.ParentId;
        return processes
            .Select(process => _classifier.Classify(new ServiceInfo
            {
                Name = process.Name,
                Origin = ServiceOrigin.Process,
                ProcessId = process.Id,
                ParentProcessId = process.ParentId,
                IsStartedByThisProcess = IsStartedByThisProcess(process, parents),
                StartedAt = process.StartedAt,
                CpuTime = process.CpuTime,
                WorkingSetBytes = process.WorkingSetBytes,
                IoReadBytes = process.IoReadBytes,
                IoWrittenBytes = process.IoWrittenBytes,
                ThreadCount = process.ThreadCount,
                ChildCount = process.ChildCount,
                ListeningPorts = process.ListeningPorts,
                ContainerId = process.ContainerId,
            }))
            .OrderBy(service => service.Name, StringComparer.Ordinal).ThenBy(service => service.ProcessId);
    }

    /// <summary>Follows the parents. As many steps as there are processes will do: ids that were used again meanwhile could form a ring.</summary>
    private static bool IsStartedByThisProcess(ProcessInfo process, Dictionary<int, int?> parents)
    {
        int? parent = process.ParentId;
        for (int steps = 0; parent is { } id && steps < parents.Count; steps++)
        {
            if (id == Environment.ProcessId)
                return true;
            parent = parents.GetValueOrDefault(id);
        }
        return false;
    }

    private static ServiceInfo Own(string name, ServiceOrigin origin) => new() { Name = name, Origin = origin, ProcessId = Environment.ProcessId };
}
