using PerfKit.Instrumentation;

namespace PerfKit.Integration.Tests;

public sealed class HostLifeTests
{
    [Fact]
    public async Task A_started_host_is_ready_sampled_and_known_to_discovery()
    {
        await using ShopHost host = await ShopHost.StartAsync();

        StartupReport report = await host.Auditor.AuditStartupPerformanceAsync();
        IReadOnlyList<ServiceInfo> services = await host.Auditor.ServiceDiscovery.DiscoverServicesAsync();

        Assert.True(report.IsComplete);
        Assert.Equal("web", Assert.Single(report.Services).Name);
        Assert.True(report.BaselineMemoryBytes > 1 << 20);
        Assert.True(report.PeakMemoryBytes >= report.BaselineMemoryBytes / 2);
        Assert.Contains(services, service => service.Origin == ServiceOrigin.HostedService && service.Name.Contains("WebHost", StringComparison.Ordinal));
        Assert.Contains(services, service => service.Origin == ServiceOrigin.Process && service.ProcessId == Environment.ProcessId);
    }

    [Fact]
    public async Task A_stopped_host_is_no_longer_sampled()
    {
        ShopHost host = await ShopHost.StartAsync();
        Sampling.ResourceSampler sampler = host.Auditor.Sampler;
        await host.Auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(100));
        await host.DisposeAsync();
        long stopped = sampler.History.TotalCount;

        Assert.True(stopped > 0);
        Assert.Equal(stopped, sampler.History.TotalCount);
        Assert.NotEmpty(sampler.History.ToArray());
    }

    [Fact]
    public async Task Requests_inside_a_context_are_charged_to_its_service()
    {
        await using ShopHost host = await ShopHost.StartAsync();
        Task<RuntimeReport> audit = host.Auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(300));
        using (ServiceContext.Enter("integration client"))
        {
            for (int i = 0; i < 20; i++)
                await host.AskAsync();
        }
        RuntimeReport report = await audit;

        ServiceUsage client = report.Usage.Single(usage => usage.Service == "integration client");
        Assert.Equal(1, client.Entries);
        Assert.True(client.Cpu > TimeSpan.Zero);
        Assert.True(client.Cpu + report.UnattributedCpu <= report.ProcessCpu + TimeSpan.FromMilliseconds(50));
    }
}
