using Microsoft.Extensions.DependencyInjection;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class TrackSingletonsTests
{
    private readonly StartupTracker _tracker = new();
    private readonly ServiceCollection _services = new();

    [Fact]
    public void TrackSingletons_implementationType_isTimedUnderItsNameWithWhatItTakes()
    {
        _services.AddSingleton<IStore, Store>().AddSingleton<Shop>();
        using ServiceProvider provider = Build();

        provider.GetRequiredService<Shop>();

        IReadOnlyList<StartupRecord> records = _tracker.Snapshot().Records;
        Assert.Equal(["Store", "Shop"], records.Select(record => record.Name));
        Assert.All(records, record => Assert.Equal(("construction", StartupOutcome.Succeeded), (record.Phase, record.Outcome)));
        Assert.Equal("Store", Assert.Single(records[1].Dependencies).Name);
        Assert.Equal(0, records[1].PreviousId);
    }

    private ServiceProvider Build(ServiceProviderOptions? options = null)
    {
        _services.AddSingleton(_tracker);
        _services.AddPerformanceAuditor().TrackSingletons().ApplyTracking();
        return _services.BuildServiceProvider(options ?? new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private interface IStore;

    private sealed class Store : IStore;

    private sealed class Shop(IStore store)
    {
        public IStore Store => store;
    }
}
