using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// What is to be tracked of the services of one collection, and how that went. Nothing is touched before the last
/// registration is in: until then <c>TryAdd</c>, <c>Replace</c> and <c>RemoveAll</c> must see what the application wrote.
/// </summary>
internal sealed class StartupTracking
{
    private static readonly ConditionalWeakTable<IServiceCollection, StartupTracking> Known = [];

    private readonly Lock _lock = new();
    private bool _isApplied;

    public Func<Type, ServiceType>? HostedServiceType { get; set; }

    public Func<Type, ServiceType>? SingletonType { get; set; }

    public bool IsPending => !_isApplied && (HostedServiceType ?? SingletonType) is not null;

    /// <summary>The registrations before tracking changed them; <c>null</c> when it has not.</summary>
    public IReadOnlyList<ServiceDescriptor>? Original { get; private set; }

    /// <summary>Why services are not tracked that should be; <c>null</c> when all is well.</summary>
    public string? Notice { get; private set; }

    public Exception? Failure { get; private set; }

    /// <summary>Where records and milestones go.</summary>
    public StartupTracker? Tracker { get; private set; }

    public static StartupTracking Of(IServiceCollection services) => Known.GetValue(services, _ => new StartupTracking());

    public static StartupTracking? Find(IServiceCollection services) =>
        Known.TryGetValue(services, out StartupTracking? tracking) ? tracking : null;

    /// <summary>Finds out where milestones go; as early as a host can tell.</summary>
    public void Attach(IServiceCollection services) =>
        Tracker ??= services.LastOrDefault(descriptor => descriptor.ServiceType == typeof(StartupTracker) && !descriptor.IsKeyedService)
            ?.ImplementationInstance as StartupTracker;

    /// <summary>Puts tracking around what is registered now. Only the first call counts; it never throws.</summary>
    public void Apply(IServiceCollection services)
    {
        lock (_lock)
        {
            if (!IsPending)
                return;
            _isApplied = true;
            ServiceDescriptor[] original = [];
            try
            {
                original = [.. services];
                Attach(services);
                if (Tracker is null)
                {
                    Notice = "StartupTracker is not registered as an instance.";
                    return;
                }
                Write(services, Rewrite(original, Tracker));
                Original = original;
            }
            catch (Exception exception)
            {
                Failure = exception;
                Restore(services, original);
            }
        }
    }

    public void LeaveAlone(string reason)
    {
        lock (_lock)
        {
            if (!IsPending)
                return;
            _isApplied = true;
            Notice = reason;
        }
    }

    private List<ServiceDescriptor> Rewrite(ServiceDescriptor[] original, StartupTracker tracker)
    {
        var rewritten = new List<ServiceDescriptor>(original);
        if (SingletonType is not null)
            new SingletonTracking(tracker, SingletonType).Rewrite(rewritten);
        if (HostedServiceType is not null)
            Notice = new HostedServiceTracking(tracker, HostedServiceType).Rewrite(rewritten);
        return rewritten;
    }

    private static void Write(IServiceCollection services, List<ServiceDescriptor> rewritten)
    {
        for (int i = 0; i < rewritten.Count; i++)
        {
            if (i == services.Count)
                services.Add(rewritten[i]);
            else if (services[i] != rewritten[i])
                services[i] = rewritten[i];
        }
    }

    private static void Restore(IServiceCollection services, ServiceDescriptor[] original)
    {
        try
        {
            for (int i = services.Count - 1; i >= 0; i--)
            {
                if (i >= original.Length)
                    services.RemoveAt(i);
                else if (services[i] != original[i])
                    services[i] = original[i];
            }
        }
        catch (Exception)
        {
            // A collection that refuses to be read or written was left as it is by the failure itself.
        }
    }
}
