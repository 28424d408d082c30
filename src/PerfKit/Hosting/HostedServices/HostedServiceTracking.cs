using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Hands the host timed stand-ins for its hosted services, and everybody else the services themselves. For that it
/// registers the sequence that the container would otherwise make up, and moves all registrations but the last under a key,
/// where the sequence finds them: the container still builds each service once, in order, and disposes of it.
/// </summary>
internal sealed class HostedServiceTracking(StartupTracker tracker, Func<Type, ServiceType> typeOf)
{
    private readonly object _key = new();

    /// <returns>Why nothing was changed; <c>null</c> when it was, or when there is nothing to track.</returns>
    public string? Rewrite(List<ServiceDescriptor> descriptors)
    {
        if (descriptors.Exists(descriptor => descriptor.ServiceType == typeof(IEnumerable<IHostedService>)))
            return "The application registers the sequence of hosted services itself, so they are not tracked.";
        int[] hosted = Enumerable.Range(0, descriptors.Count)
            .Where(i => descriptors[i].ServiceType == typeof(IHostedService) && !descriptors[i].IsKeyedService)
            .ToArray();
        if (hosted.Length == 0)
            return null;
        if (hosted.Any(i => descriptors[i].Lifetime != ServiceLifetime.Singleton))
            return "A hosted service is not registered as a singleton, so hosted services are not tracked.";
        foreach (int i in hosted.AsSpan(0, hosted.Length - 1))
            descriptors[i] = Keyed(descriptors[i]);
        descriptors.Add(ServiceDescriptor.Transient<IEnumerable<IHostedService>>(Sequence));
        return null;
    }

    private IHostedService[] Sequence(IServiceProvider provider)
    {
        IHostedService[] services = [.. provider.GetKeyedServices<IHostedService>(_key), provider.GetRequiredService<IHostedService>()];
        return HostCaller.IsAsking() ? Array.ConvertAll(services, Tracked) : services;
    }

    private IHostedService Tracked(IHostedService service)
    {
        if (service is AuditorHostedService)
            return service;
        var timer = new PhaseTimer(tracker, TypeNames.Short(service.GetType()), TypeOf(service.GetType()));
        return (service, service as IHostedLifecycleService) switch
        {
            (BackgroundService background, { } lifecycle) => new TrackedBackgroundLifecycleService(background, lifecycle, timer),
            (BackgroundService background, null) => new TrackedBackgroundService(background, timer),
            (_, { } lifecycle) => new TrackedLifecycleService(lifecycle, timer),
            _ => new TrackedHostedService(service, timer),
        };
    }

    private ServiceType TypeOf(Type type)
    {
        try
        {
            return typeOf(type);
        }
        catch (Exception) // the user's own classification must not break the start
        {
            return ServiceType.Essential;
        }
    }

    private ServiceDescriptor Keyed(ServiceDescriptor descriptor)
    {
        if (descriptor.ImplementationInstance is { } instance)
            return new ServiceDescriptor(typeof(IHostedService), _key, instance);
        if (descriptor.ImplementationFactory is { } factory)
            return new ServiceDescriptor(typeof(IHostedService), _key, (provider, _) => factory(provider), ServiceLifetime.Singleton);
        return new ServiceDescriptor(typeof(IHostedService), _key, descriptor.ImplementationType!, ServiceLifetime.Singleton);
    }
}
