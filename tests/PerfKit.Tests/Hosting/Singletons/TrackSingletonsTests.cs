using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class TrackSingletonsTests
{
    private readonly StartupTracker _tracker = new();
    private readonly ServiceCollection _services = new();

    public TrackSingletonsTests() => _services.AddSingleton<Journal>(new Journal());

    [Fact]
    public void TrackSingletons_implementationType_isTimedUnderItsNameWithWhatItTakes()
    {
        _services.AddSingleton<ITwo, Leaf>().AddSingleton<NeedsTwo>();

        IReadOnlyList<StartupRecord> records = Records(provider => provider.GetRequiredService<NeedsTwo>());

        Assert.Equal(["Leaf", "NeedsTwo"], records.Select(record => record.Name));
        Assert.All(records, record => Assert.Equal(("construction", StartupOutcome.Succeeded), (record.Phase, record.Outcome)));
        Assert.Equal("Leaf", Assert.Single(records[1].Dependencies).Name);
        Assert.Equal(0, records[1].PreviousId);
        Assert.All(records, record => Assert.Null(record.ParentId));
    }

    [Fact]
    public void TrackSingletons_dependencyThatWasBuiltBefore_isKnownAllTheSame()
    {
        _services.AddSingleton<ITwo, Leaf>().AddSingleton<NeedsTwo>().AddSingleton<Choosy>();

        IReadOnlyList<StartupRecord> records = Records(provider =>
        {
            provider.GetRequiredService<NeedsTwo>();
            provider.GetRequiredService<Choosy>();
        });

        Assert.Equal(["Leaf", "NeedsTwo", "Choosy"], records.Select(record => record.Name));
        Assert.Equal("Leaf", Assert.Single(records[2].Dependencies).Name);
    }

    [Fact]
    public void TrackSingletons_factory_isTimedAndWhatItAsksForIsNestedInIt()
    {
        _services.AddSingleton<ITwo, Leaf>().AddSingleton<IOne>(provider => new NeedsTwo(new Journal(), provider.GetRequiredService<ITwo>()));

        IReadOnlyList<StartupRecord> records = Records(provider => provider.GetRequiredService<IOne>());

        Assert.Equal([("IOne", null), ("Leaf", 0)], records.Select(record => (record.Name, record.ParentId)));
    }

    [Fact]
    public void TrackSingletons_factoryThatSaysWhatItMakes_hasThatName()
    {
        _services.AddSingleton<IOne, Leaf>(provider => new Leaf(new Journal()));

        Assert.Equal("Leaf", Assert.Single(Records(provider => provider.GetRequiredService<IOne>())).Name);
    }

    [Fact]
    public void TrackSingletons_keys_areInTheNames()
    {
        _services.AddKeyedSingleton<IThree, Leaf>("k").AddKeyedSingleton<IThree>("made", (_, _) => new Leaf(new Journal())).AddSingleton<NeedsKeyed>();

        IReadOnlyList<StartupRecord> records = Records(provider =>
        {
            provider.GetRequiredService<NeedsKeyed>();
            provider.GetRequiredKeyedService<IThree>("made");
        });

        Assert.Equal(["Leaf[k]", "NeedsKeyed", "IThree[made]"], records.Select(record => record.Name));
        Assert.Equal("Leaf[k]", Assert.Single(records[1].Dependencies).Name);
    }

    [Fact]
    public void TrackSingletons_openGeneric_isTimedForEachClosedType()
    {
        _services.AddSingleton(typeof(IBox<>), typeof(Box<>)).AddSingleton<Shelf>();

        IReadOnlyList<StartupRecord> records = Records(provider =>
        {
            provider.GetRequiredService<Shelf>();
            provider.GetRequiredService<IBox<string>>();
        });

        Assert.Equal(["Box<Int32>", "Shelf", "Box<String>"], records.Select(record => record.Name));
        Assert.Equal("Box<Int32>", Assert.Single(records[1].Dependencies).Name);
    }

    [Fact]
    public void TrackSingletons_sequence_makesEveryRegistrationADependency()
    {
        _services.AddSingleton<IOne, Leaf>().AddSingleton<IOne, NeedsThreeOrNothing>().AddSingleton<IOne>(new Leaf(new Journal())).AddSingleton<NeedsAllOnes>();

        IReadOnlyList<StartupRecord> records = Records(provider => provider.GetRequiredService<NeedsAllOnes>());

        Assert.Equal(["Leaf", "NeedsThreeOrNothing"], records[^1].Dependencies.Select(dependency => dependency.Name));
    }

    [Fact]
    public void TrackSingletons_otherLifetimesAndInstances_areLeftAlone()
    {
        var instance = new Leaf(new Journal());
        _services.AddScoped<IOne, Leaf>().AddTransient<ITwo, Leaf>().AddSingleton<IThree>(instance);
        ServiceDescriptor[] before = [.. _services];

        Assert.Empty(Records(provider =>
        {
            using IServiceScope scope = provider.CreateScope();
            scope.ServiceProvider.GetRequiredService<IOne>();
            scope.ServiceProvider.GetRequiredService<ITwo>();
            Assert.Same(instance, provider.GetRequiredService<IThree>());
        }));
        Assert.Equal(before, _services.Take(before.Length));
    }

    [Fact]
    public void TrackSingletons_constructionThatFails_isMarkedAndThrowsTheSameException()
    {
        _services.AddSingleton<Failing>();

        StartupRecord record = Assert.Single(Records(provider => Assert.Equal(
            "this part is broken", Assert.Throws<InvalidOperationException>(provider.GetRequiredService<Failing>).Message)));

        Assert.Equal((StartupOutcome.Failed, "System.InvalidOperationException: this part is broken"), (record.Outcome, record.Error));
    }

    [Fact]
    public void TrackSingletons_typesOfOneName_areToldApart()
    {
        _services.AddSingleton<Leaf>().AddSingleton<Inner.Leaf>();

        IReadOnlyList<StartupRecord> records = Records(provider =>
        {
            provider.GetRequiredService<Leaf>();
            provider.GetRequiredService<Inner.Leaf>();
        });

        Assert.Equal(["Leaf", typeof(Inner.Leaf).FullName], records.Select(record => record.Name));
    }

    [Fact]
    public void TrackSingletons_classification_givesTheType()
    {
        _services.AddSingleton<Leaf>().AddSingleton<Choosy>().AddSingleton<ITwo, NeedsThreeOrNothing>();

        IReadOnlyList<StartupRecord> records = Records(
            provider =>
            {
                provider.GetRequiredService<Leaf>();
                provider.GetRequiredService<Choosy>();
            },
            type => type == typeof(Leaf) ? ServiceType.Optional : type == typeof(Choosy) ? ServiceType.Background : throw new InvalidOperationException("no idea"));

        Assert.Equal([ServiceType.Optional, ServiceType.Essential, ServiceType.Background], records.Select(record => record.Type));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TrackSingletons_ofAHostedService_countsItAsTrackHostedServicesDoes(bool hostedFirst)
    {
        _services.AddSingleton(_tracker).AddHostedService<Errand>();
        PerformanceAuditorBuilder builder = _services.AddPerformanceAuditor();
        _ = hostedFirst
            ? builder.TrackHostedServices(Optional).TrackSingletons()
            : builder.TrackSingletons().TrackHostedServices(Optional);
        builder.ApplyTracking();
        using ServiceProvider provider = _services.BuildServiceProvider();

        provider.GetServices<IHostedService>();

        Assert.Equal(ServiceType.Optional, Assert.Single(_tracker.Snapshot().Records, record => record.Name == nameof(Errand)).Type);

        static ServiceType Optional(Type type) => type == typeof(Errand) ? ServiceType.Optional : ServiceType.Essential;
    }

    [Fact]
    public void TrackSingletons_beforeItIsApplied_changesNothingThatRegistrationsSee()
    {
        _services.AddSingleton(_tracker).AddSingleton<IOne, Leaf>();
        PerformanceAuditorBuilder builder = _services.AddPerformanceAuditor().TrackSingletons().TrackHostedServices();
        _services.TryAddEnumerable(ServiceDescriptor.Singleton<IOne, Leaf>());

        Assert.Single(_services, descriptor => descriptor.ServiceType == typeof(IOne) && descriptor.ImplementationType == typeof(Leaf));
        int count = _services.Count;
        builder.ApplyTracking().ApplyTracking();
        Assert.Equal(count + 1, _services.Count); // the sequence of hosted services, once
    }

    [Fact]
    public void ApplyTracking_whereTheCollectionRefuses_leavesItAndSaysSo()
    {
        _services.AddSingleton(_tracker).AddSingleton<IOne, Leaf>();
        PerformanceAuditorBuilder builder = _services.AddPerformanceAuditor().TrackSingletons();
        ServiceDescriptor[] before = [.. _services];
        _services.MakeReadOnly();

        builder.ApplyTracking();

        Assert.Equal(before, _services);
        Assert.NotNull(StartupTracking.Of(_services).Failure);
        using ServiceProvider provider = _services.BuildServiceProvider();
        Assert.IsType<Leaf>(provider.GetRequiredService<IOne>());
    }

    [Fact]
    public async Task ApplyTracking_thatNobodyCalled_isLoggedWhenTheHostStarts()
    {
        var logger = new RecordingLogger();
        _services.AddSingleton(_tracker).AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(logger);
        _services.AddPerformanceAuditor().TrackSingletons();
        using ServiceProvider provider = _services.BuildServiceProvider();

        var service = (IHostedLifecycleService)Assert.Single(provider.GetServices<IHostedService>());
        await service.StartingAsync(CancellationToken.None);
        await service.StoppedAsync(CancellationToken.None);

        Assert.Contains(logger.Messages, line => line.Message.Contains("ApplyTracking()", StringComparison.Ordinal));
    }

    private IReadOnlyList<StartupRecord> Records(Action<ServiceProvider> ask, Func<Type, ServiceType>? type = null)
    {
        _services.AddSingleton(_tracker);
        _services.AddPerformanceAuditor().TrackSingletons(type).ApplyTracking();
        using ServiceProvider provider = _services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        ask(provider);
        return _tracker.Snapshot().Records;
    }

    private sealed class Errand : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Shelf(IBox<int> box)
    {
        public IBox<int> Box => box;
    }

    private static class Inner
    {
        public sealed class Leaf;
    }
}
