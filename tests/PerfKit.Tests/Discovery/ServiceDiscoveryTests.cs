using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class ServiceDiscoveryTests
{
    [Fact]
    public async Task DiscoverServices_listsOwnServicesAndProcesses()
    {
        var tracker = new StartupTracker();
        using (tracker.Begin("discovered at start", ServiceType.Optional)) { }
        using (ServiceContext.Enter("discovered at run time")) { }
        var discovery = new ServiceDiscovery(tracker, ["Worker"]);

        IReadOnlyList<ServiceInfo> services = await discovery.DiscoverServicesAsync();

        ServiceInfo scope = services.Single(service => service.Name == "discovered at start");
        Assert.Equal((ServiceOrigin.StartupScope, ServiceType.Optional), (scope.Origin, scope.Type));
        Assert.NotNull(scope.StartupDuration);
        ServiceInfo context = services.Single(service => service.Name == "discovered at run time");
        Assert.Equal((ServiceOrigin.ServiceContext, ServiceType.Essential), (context.Origin, context.Type));
        Assert.Equal(ServiceType.Background, services.Single(service => service.Name == "Worker").Type);
        ServiceInfo self = services.Single(service => service.Origin == ServiceOrigin.Process && service.ProcessId == Environment.ProcessId);
        Assert.Equal(ServiceType.Essential, self.Type);
        Assert.True(self.WorkingSetBytes > 1 << 20);
    }

    [Fact]
    public async Task DiscoverServices_canceled_throws()
    {
        var discovery = new ServiceDiscovery(new StartupTracker(), []);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => discovery.DiscoverServicesAsync(new CancellationToken(true)));
    }

    [Fact]
    public void HostedServiceNames_readsRegistrationsWithoutConstructing()
    {
        var services = new ServiceCollection();
        services.AddHostedService<NeverConstructed>();
        services.AddHostedService(_ => new ByFactory());
        services.AddPerformanceAuditor();

        Assert.Equal([nameof(NeverConstructed), nameof(ByFactory)], new HostedServiceNames(services));
    }

    private sealed class NeverConstructed : BackgroundService
    {
        public NeverConstructed() => throw new InvalidOperationException("constructed");

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }

    private sealed class ByFactory : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
