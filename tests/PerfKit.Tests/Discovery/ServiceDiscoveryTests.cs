using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class ServiceDiscoveryTests : IDisposable
{
    private readonly ProcessDiscovery _processes = new();

    public void Dispose() => _processes.Dispose();

    [Fact]
    public async Task DiscoverServices_listsOwnServicesAndProcesses()
    {
        var tracker = new StartupTracker();
        using (tracker.Begin("discovered at start", ServiceType.Optional)) { }
        using (ServiceContext.Enter("discovered at run time")) { }
        var discovery = Discovery(tracker, ["Worker"]);

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
    public async Task DiscoverServices_operationMeters_areServices()
    {
        OperationMeter alone = OperationMeter.Create("discovered by its meter"), beside = OperationMeter.Create("discovered by both");
        using (ServiceContext.Enter("discovered by both")) { }
        using (alone.Measure()) { }
        using (beside.Measure()) { }
        using (beside.Measure()) { }

        IReadOnlyList<ServiceInfo> services = await Discovery(new StartupTracker(), []).DiscoverServicesAsync();

        ServiceInfo meter = services.Single(service => service.Name == "discovered by its meter");
        Assert.Equal((ServiceOrigin.OperationMeter, ServiceType.Essential, 1), (meter.Origin, meter.Type, meter.OperationCount));
        ServiceInfo both = services.Single(service => service.Name == "discovered by both");
        Assert.Equal((ServiceOrigin.ServiceContext, 2), (both.Origin, both.OperationCount));
    }

    [Fact]
    public async Task DiscoverServices_childProcess_hasTheFiguresOfItsPlatform()
    {
        if (!OperatingSystem.IsLinux()) return;
        using Process child = Process.Start("sh", ["-c", "sleep 600 & exec sleep 601"]);
        try
        {
            var discovery = Discovery(new StartupTracker(), []);
            ServiceInfo found = await Until(discovery, service => service.ProcessId == child.Id && service.ChildCount == 1);

            Assert.Equal((ServiceOrigin.Process, ServiceType.Optional, Environment.ProcessId), (found.Origin, found.Type, found.ParentProcessId));
            Assert.True(found.IsStartedByThisProcess);
            Assert.NotNull(found.CpuTime);
            Assert.NotNull(found.IoReadBytes);
            Assert.Equal([], found.ListeningPorts);
            Assert.Equal(1, found.ThreadCount);
            ServiceInfo grandchild = await Until(discovery, service => service.ParentProcessId == child.Id);
            Assert.Equal(ServiceType.Optional, grandchild.Type);
            Process.GetProcessById(grandchild.ProcessId).Kill();
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }
    }

    [Fact]
    public async Task DiscoverServices_canceled_throws()
    {
        var discovery = Discovery(new StartupTracker(), []);

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

    private ServiceDiscovery Discovery(StartupTracker tracker, string[] hostedServices) =>
        new(tracker, hostedServices, _processes, ServiceTypeRule.Defaults, NullLogger.Instance);

    // A child needs a while to become what it was started for.
    private static async Task<ServiceInfo> Until(ServiceDiscovery discovery, Func<ServiceInfo, bool> isMeant)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if ((await discovery.DiscoverServicesAsync(patience.Token)).FirstOrDefault(isMeant) is { } found)
                return found;
        }
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
