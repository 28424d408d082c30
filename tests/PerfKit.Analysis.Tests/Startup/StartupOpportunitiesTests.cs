using PerfKit.Instrumentation;

namespace PerfKit.Analysis.Tests;

public sealed class StartupOpportunitiesTests
{
    [Fact]
    public void Of_aStartBelowTheLimit_stillRanksWhatWouldShortenIt()
    {
        // Half a second in all: no bottleneck, and yet most of it need not be.
        StartupOpportunities found = Of(0.5,
            Observed.Record(0, "database", 0, 0.1),
            Observed.Record(1, "keys", 0.1, 0.18),
            Observed.Record(2, "index", 0.18, 0.48, ServiceType.Optional),
            Observed.Record(3, "web", 0.48, 0.5) with { Dependencies = [new StartupDependency { Name = "database" }] });

        Recommendation first = found.Recommendations[0];
        Assert.Equal(("index", "Make index ready on first use"), (first.Service, first.Title));
        Assert.Equal(0.3, first.Saving!.AtLeast, 1e-9);
        Assert.Equal(Severity.Low, first.Priority);
        Assert.NotEmpty(first.Evidence);
        StartupChange change = Assert.Single(first.Changes);
        Assert.Equal((StartupChangeKind.Defer, "index"), (change.Kind, Assert.Single(change.Services)));

        Recommendation second = found.Recommendations[1];
        Assert.Equal("Start database and keys together", second.Title);
        Assert.Equal(0.08, second.Saving!.AtLeast, 1e-6);
        Assert.Contains("was not measured", second.Basis, StringComparison.Ordinal);
        Assert.Equal(0.12, found.Together!.Total.TotalSeconds, 1e-6); // the database, then the web server

        // Then what has an upper bound only, the largest first; the web server could save less than a twentieth.
        Assert.Equal(["database", "keys"], found.Recommendations.Skip(2).Select(advice => advice.Service));
        Assert.All(found.Recommendations.Skip(2), advice => Assert.Equal(0, advice.Saving!.AtLeast));
    }

    [Fact]
    public void Of_essentialServices_neverProposesDeferral()
    {
        StartupOpportunities found = Of(1,
            Observed.Record(0, "database", 0, 0.6),
            Observed.Record(1, "web", 0.6, 1));

        Assert.DoesNotContain(found.Recommendations.SelectMany(advice => advice.Changes), change => change.Kind is StartupChangeKind.Defer or StartupChangeKind.Background);
    }

    [Fact]
    public void Of_anOptionalServiceWithAnEssentialOneInside_predictsWithoutMovingTheEssentialOne()
    {
        StartupOpportunities found = Of(1,
            Observed.Record(0, "search", 0, 0.8, ServiceType.Optional, self: 0.5),
            Observed.Record(1, "database", 0.1, 0.4, parent: 0),
            Observed.Record(2, "web", 0.8, 1));

        Recommendation advice = found.Recommendations.Single(advice => advice.Service == "search");
        Assert.Equal(0.5, advice.Saving!.AtLeast, 1e-9);
        Assert.Contains("essential outside of it first: database", advice.Actions[0], StringComparison.Ordinal);
        Assert.DoesNotContain(advice.Changes, change => change.Kind == StartupChangeKind.Defer);
    }

    [Fact]
    public void Of_anOptionalServiceThatAnotherNeeds_isStartedBesideInsteadOfDeferred()
    {
        StartupOpportunities found = Of(1,
            Observed.Record(0, "cache", 0, 0.4, ServiceType.Optional),
            Observed.Record(1, "keys", 0.4, 0.6),
            Observed.Record(2, "pricing", 0.6, 1) with { Dependencies = [new StartupDependency { Name = "cache" }] });

        Recommendation advice = found.Recommendations.Single(advice => advice.Service == "cache");
        Assert.Equal("Start cache beside what follows it", advice.Title);
        Assert.Equal(StartupChangeKind.Background, Assert.Single(advice.Changes).Kind);
        Assert.Equal(0.2, advice.Saving!.AtLeast, 1e-6); // the keys meanwhile; pricing waits
        Assert.Contains("pricing needs it before ready", advice.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_servicesThatNeedEachOther_doesNotProposeThemTogether()
    {
        StartupOpportunities found = Of(1,
            Observed.Record(0, "database", 0, 0.5),
            Observed.Record(1, "cache", 0.5, 1) with { Dependencies = [new StartupDependency { Name = "database" }] });

        Assert.DoesNotContain(found.Recommendations.SelectMany(advice => advice.Changes), change => change.Kind == StartupChangeKind.Parallel);
        Assert.Null(found.Together);
    }

    [Fact]
    public void Of_aGroup_leavesOutWhoWinsNothingInIt()
    {
        StartupOpportunities found = Of(1.002,
            Observed.Record(0, "a", 0, 0.5),
            Observed.Record(1, "tiny", 0.5, 0.502),
            Observed.Record(2, "b", 0.502, 1.002));

        Assert.Contains(found.Recommendations, advice => advice.Title == "Start a and b together");
    }

    [Fact]
    public void Of_whatTheContainerBuilds_isNotToBeStartedTogether()
    {
        StartupOpportunities found = Of(1,
            Observed.Record(0, "IHost", 0, 0.1) with { Phase = "construction" },
            Observed.Record(1, "index", 0.1, 0.4) with { Phase = "construction" },
            Observed.Record(2, "mail", 0.4, 0.401) with { Phase = "construction" },
            Observed.Record(3, "mail", 0.401, 0.7) with { Phase = "StartAsync" },
            Observed.Record(4, "keys", 0.7, 1) with { Phase = "StartAsync" });

        Recommendation advice = Assert.Single(found.Recommendations, advice => advice.Title.EndsWith("together", StringComparison.Ordinal));
        Assert.Equal("Start mail and keys together", advice.Title);
        Assert.Contains("ServicesStartConcurrently", advice.Actions[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_aHostedServiceToDefer_saysWhatTheHostDoesNotWaitFor()
    {
        StartupOpportunities found = Of(1,
            Observed.Record(0, "mail", 0, 0.5, ServiceType.Background) with { Phase = "StartAsync" },
            Observed.Record(1, "index", 0.5, 0.9, ServiceType.Background),
            Observed.Record(2, "web", 0.9, 1));

        Assert.Contains("ExecuteAsync", found.Recommendations.Single(advice => advice.Service == "mail").Actions[0], StringComparison.Ordinal);
        Assert.Contains("ApplicationStarted", found.Recommendations.Single(advice => advice.Service == "index").Actions[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.019, false)] // of one second
    [InlineData(0.021, true)]
    public void Of_asaving_mustBeWorthAChange(double seconds, bool isProposed)
    {
        StartupOpportunities found = Of(1,
            Observed.Record(0, "mail", 0, seconds, ServiceType.Background),
            Observed.Record(1, "web", seconds, 1));

        Assert.Equal(isProposed, found.Recommendations.Any(advice => advice.Service == "mail"));
    }

    [Theory]
    [InlineData(0.0049, false)]
    [InlineData(0.0051, true)]
    public void Of_aVeryShortStart_asksForFiveMilliseconds(double seconds, bool isProposed)
    {
        StartupOpportunities found = Of(0.02,
            Observed.Record(0, "mail", 0, seconds, ServiceType.Background),
            Observed.Record(1, "web", seconds, 0.02));

        Assert.Equal(isProposed, found.Recommendations.Any(advice => advice.Service == "mail"));
    }

    public static TheoryData<string, string, string> Compositions => new()
    {
        { "Jit", "JIT compilation", "ReadyToRun" },
        { "AssemblyLoading", "assembly loading", "assemblies" },
        { "GcPause", "garbage collection", "Allocate less" },
        { "Blocked", "waiting on a blocked thread", "Await it" },
        { "Awaiting", "awaiting", "Begin the call earlier" },
        { "QueuedForCpu", "waiting for a CPU", "cores" },
        { "Cpu", "computing", "Profile" },
    };

    [Theory]
    [MemberData(nameof(Compositions))]
    public void Of_aServiceMostlyOfOnePart_advisesOnThatPart(string part, string name, string advised)
    {
        TimeSpan main = TimeSpan.FromSeconds(0.6), rest = TimeSpan.FromSeconds(0.4);
        var made = new StartupComposition { Wall = TimeSpan.FromSeconds(1), Cpu = rest };
        made = part switch
        {
            "Jit" => made with { Jit = main },
            "AssemblyLoading" => made with { AssemblyLoading = main },
            "GcPause" => made with { GcPause = main },
            "Blocked" => made with { Blocked = main },
            "Awaiting" => made with { Awaiting = main },
            "QueuedForCpu" => made with { QueuedForCpu = main },
            _ => made with { Cpu = main, Blocked = rest },
        };
        Observations observations = Observed.Startup(1, Observed.Record(0, "database", 0, 1) with { Self = made });
        StartupSnapshot startup = observations.Startup! with
        {
            Services = observations.Startup!.Services.ToDictionary(pair => pair.Key, pair => pair.Value with { Self = made }),
        };

        Recommendation advice = Assert.Single(StartupOpportunities.Of(startup, 2).Recommendations);

        Assert.Equal($"Shorten database: 60 % of its own time is {name}", advice.Title);
        Assert.Contains(advice.Actions, action => action.Contains(advised, StringComparison.Ordinal));
        Assert.Equal((0, 0.6), (advice.Saving!.AtLeast, advice.Saving.AtMost));
        Assert.Contains(advice.Evidence, evidence => evidence.Measure == $"of its own time: {name}" && evidence.Value == 0.6);
    }

    [Fact]
    public void Of_nothing_isEmpty() => Assert.Empty(StartupOpportunities.Of(StartupSnapshot.Empty).Recommendations);

    [Fact]
    public void Of_manyServices_proposesTenAtMost()
    {
        StartupRecord[] many = Enumerable.Range(0, 30).Select(i => Observed.Record(i, $"service {i}", i, i + 1, (ServiceType)(i % 3))).ToArray();

        Assert.Equal(10, Of(30, many).Recommendations.Count);
    }

    private static StartupOpportunities Of(double total, params StartupRecord[] records)
    {
        StartupSnapshot startup = Observed.Startup(total, records).Startup!;
        return StartupOpportunities.Of(startup with
        {
            Services = startup.Services.ToDictionary(pair => pair.Key, pair => pair.Value with
            {
                Dependencies = records.Where(record => record.Name == pair.Key).SelectMany(record => record.Dependencies).Select(need => need.Name).ToArray(),
                Parents = records.Where(record => record.Name == pair.Key && record.ParentId is not null).Select(record => records[record.ParentId!.Value].Name).ToArray(),
            }),
        }, processors: 4);
    }
}
