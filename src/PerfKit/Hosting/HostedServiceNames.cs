using System.Collections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace PerfKit;

/// <summary>
/// Names of the registered hosted services, read from the registrations: asking the container for the services could
/// construct them a second time.
/// </summary>
internal sealed class HostedServiceNames(IServiceCollection services) : IReadOnlyCollection<string>
{
    private readonly Lazy<string[]> _names = new(() => ((IEnumerable<ServiceDescriptor>?)StartupTracking.Find(services)?.Original ?? services)
        .Where(descriptor => descriptor.ServiceType == typeof(IHostedService) && !descriptor.IsKeyedService)
        .Select(descriptor => descriptor.ImplementationType ?? descriptor.ImplementationInstance?.GetType() ?? descriptor.ImplementationFactory?.Method.ReturnType)
        .Where(type => type is not null && type != typeof(IHostedService) && type != typeof(AuditorHostedService))
        .Select(type => TypeNames.Short(type!))
        .Distinct(StringComparer.Ordinal)
        .ToArray());

    public int Count => _names.Value.Length;

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_names.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
