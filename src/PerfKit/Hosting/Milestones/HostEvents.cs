using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// Listens to what every generic host says of its own building: the event before gives a builder, whose last step before the
/// container is made is where tracking is applied; the event after gives the host. The collection tells which host it is.
/// </summary>
internal sealed class HostEvents : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly Lazy<IDisposable> Subscription = new(() => DiagnosticListener.AllListeners.Subscribe(new HostEvents()));

    private HostEvents()
    {
    }

    /// <summary>Listens from now on, as long as the process lives. Calling it again changes nothing.</summary>
    public static void Listen() => _ = Subscription.Value;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this, name => name is "HostBuilding" or "HostBuilt");
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            if (value.Value is IHostBuilder builder)
                Building(builder);
            else if (value.Value is IHost host && host.Services.GetService<StartupTracking>() is { } tracking)
                tracking.Tracker?.Mark(HostMilestones.Built);
        }
        catch (Exception)
        {
            // A builder that cannot be asked leaves its services untracked, which the auditor tells when the host starts.
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void Building(IHostBuilder builder)
    {
        long began = Stopwatch.GetTimestamp();
        StartupTracking? tracking = null;
        builder.ConfigureServices((_, services) =>
        {
            tracking = StartupTracking.Find(services);
            tracking?.Attach(services);
            tracking?.Tracker?.Mark(HostMilestones.Building, Stopwatch.GetElapsedTime(began));
        });
        builder.ConfigureContainer<object>((_, container) =>
        {
            if (container is IServiceCollection services)
                StartupTracking.Find(services)?.Apply(services);
            else
                tracking?.LeaveAlone($"The container is built by {container?.GetType().FullName}, which PerfKit does not know.");
        });
    }
}
