using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Times the construction of singletons. The container goes on choosing constructors, resolving their arguments and keeping
/// what it built: a registered type is replaced by one that differs in nothing but that its constructors are timed
/// (<see cref="TrackedType"/>), a factory by one that calls it. Instances, and services of other lifetimes, stay as they are.
/// </summary>
internal sealed class SingletonTracking(StartupTracker tracker, Func<Type, ServiceType> typeOf)
{
    private static readonly Assembly[] Own = [typeof(PerformanceAuditor).Assembly, typeof(Sampling.ResourceSampler).Assembly, typeof(StartupTracker).Assembly];

    private readonly ConcurrentDictionary<string, Type> _names = new(StringComparer.Ordinal);

    public StartupTracker Tracker => tracker;

    public SingletonDependencies Dependencies { get; } = new();

    public void Rewrite(List<ServiceDescriptor> descriptors)
    {
        for (int i = 0; i < descriptors.Count; i++)
        {
            ServiceDescriptor descriptor = descriptors[i];
            Construction? singleton = null;
            if (descriptor.Lifetime == ServiceLifetime.Singleton)
            {
                descriptors[i] = descriptor.IsKeyedService ? Keyed(descriptor, out singleton) : Plain(descriptor, out singleton);
            }
            Dependencies.Add(descriptor, singleton);
        }
    }

    public ServiceType TypeOf(Type implementation)
    {
        try
        {
            return typeOf(implementation);
        }
        catch (Exception) // the user's own classification must not break a construction
        {
            return ServiceType.Essential;
        }
    }

    /// <summary>
    /// The type's short name, or its full name where another type has taken the short one. What PerfKit itself registers is one
    /// service: what it costs.
    /// </summary>
    public string NameOf(Type type)
    {
        if (Own.Contains(type.Assembly))
            return ServiceContext.OwnName;
        string name = TypeNames.Short(type);
        return _names.GetOrAdd(name, type) == type ? name : type.FullName ?? name;
    }

    private ServiceDescriptor Plain(ServiceDescriptor descriptor, out Construction? singleton)
    {
        singleton = null;
        if (descriptor.ImplementationType is { } type)
        {
            singleton = new Construction(this, type);
            return new ServiceDescriptor(descriptor.ServiceType, TrackedType.Of(type, singleton), ServiceLifetime.Singleton);
        }
        if (descriptor.ImplementationFactory is { } factory)
        {
            singleton = new Construction(this, TypeNames.Made(factory.Method.ReturnType, descriptor.ServiceType));
            return new ServiceDescriptor(descriptor.ServiceType, new TrackedFactory(factory, singleton).Create, ServiceLifetime.Singleton);
        }
        return descriptor;
    }

    private ServiceDescriptor Keyed(ServiceDescriptor descriptor, out Construction? singleton)
    {
        singleton = null;
        if (descriptor.KeyedImplementationType is { } type)
        {
            singleton = new Construction(this, type, descriptor.ServiceKey);
            return new ServiceDescriptor(descriptor.ServiceType, descriptor.ServiceKey, TrackedType.Of(type, singleton), ServiceLifetime.Singleton);
        }
        if (descriptor.KeyedImplementationFactory is { } factory)
        {
            singleton = new Construction(this, TypeNames.Made(factory.Method.ReturnType, descriptor.ServiceType), descriptor.ServiceKey);
            return new ServiceDescriptor(descriptor.ServiceType, descriptor.ServiceKey, new TrackedKeyedFactory(factory, singleton).Create, ServiceLifetime.Singleton);
        }
        return descriptor;
    }
}
