using FsCheck;

namespace PerfKit.Instrumentation.Tests;

public sealed class StartupWhatIfTests
{
    private readonly ManualTime _time = new();
    private readonly StartupTracker _tracker;

    public StartupWhatIfTests() => _tracker = new StartupTracker(_time, 1_000, () => default);

    [Theory]
    [InlineData(4, 21)] // the longest, and the web server after it
    [InlineData(2, 26)] // each at two thirds of its speed for 15, then b has 4 left and c 10, with a core each
    [InlineData(1, 45)] // nothing is won on one core
    public void Parallel_ofServicesThatRanOneAfterTheOther_startsThemTogetherOnTheCores(double cores, int expected)
    {
        Timed("a", 10);
        Timed("b", 14);
        Timed("c", 20);
        Timed("web", 1);

        Assert.Equal(expected, Milliseconds(WhatIf().Parallel(["a", "b", "c"], cores)));
    }

    [Fact]
    public void Predict_aChangeThatIsNull_isRefusedByName() =>
        Assert.Equal("changes", Assert.Throws<ArgumentException>(() => WhatIf().Predict([null!])).ParamName);

    [Fact]
    public void Parallel_ofServicesThatNeedEachOther_keepsTheirOrder()
    {
        Timed("database", 10);
        Timed("cache", 10, "database");
        Timed("mail", 15);

        Assert.Equal(20, Milliseconds(WhatIf().Parallel(["database", "cache", "mail"], 8)));
        Assert.Equal(35, Milliseconds(WhatIf().Parallel(["database", "cache"], 8)));
    }

    [Fact]
    public void Parallel_whatStoodBetween_keepsItsPlaceAndWhatFollowsWaitsForAll()
    {
        Timed("a", 10);
        Timed("between", 5);
        Timed("c", 30);
        Timed("last", 2);

        // a and c start at 0; between follows a; last follows between and c.
        Assert.Equal(32, Milliseconds(WhatIf().Parallel(["a", "c"], 8)));
    }

    [Fact]
    public void Parallel_theParentsOwnWorkBetween_isStillDone()
    {
        using (_tracker.Begin("host"))
        {
            Timed("a", 10);
            _time.Advance(3);
            Timed("b", 10);
        }

        Assert.Equal(13, Milliseconds(WhatIf().Parallel(["a", "b"], 8)));
    }

    [Fact]
    public void Parallel_ofAllCandidates_leavesTheStepsInsideAServiceInOrder()
    {
        using (_tracker.Begin("host"))
        {
            using (_tracker.Begin("a"))
            {
                Timed("open", 5);
                Timed("migrate", 5);
            }
            Timed("b", 6);
        }
        StartupWhatIf whatIf = WhatIf();

        Assert.Equal(["a", "b"], whatIf.Candidates);
        Assert.Equal(10, Milliseconds(whatIf.Parallel(cores: 8)));
    }

    [Fact]
    public void Parallel_ofScopesOfOneName_keepsTheOrderInsideTheService()
    {
        Timed("a", 10);
        Timed("a", 10);
        Timed("b", 15);

        Assert.Equal(20, Milliseconds(WhatIf().Parallel(["a", "b"], 8)));
    }

    [Fact]
    public async Task Parallel_ofServicesThatAnotherFlowStartedOneByOne_startsThemTogether()
    {
        // An async method keeps what it began from its caller, so no flow remembers the order; only time tells it.
        await StartAsync("a", 10);
        await StartAsync("b", 10, "a");
        await StartAsync("c", 10, "a");

        StartupWhatIf whatIf = WhatIf();
        Assert.Equal(20, Milliseconds(whatIf.Parallel(["a", "b", "c"], 8)));
        Assert.Equal(20, Milliseconds(whatIf.Defer("b")));
        Assert.Equal(["a", "b", "c"], CriticalPath.Of(_tracker.Snapshot()).Links.Select(link => link.Service));
    }

    [Fact]
    public void Background_ofAService_letsWhatFollowsGoOnBesideIt()
    {
        Timed("index", 30);
        Timed("web", 10);

        Assert.Equal(10, Milliseconds(WhatIf(2).Background("index")));
        Assert.Equal(20, Milliseconds(WhatIf(1).Background("index"))); // while the web server starts they share a core
    }

    [Fact]
    public void Background_ofAServiceThatAnotherNeeds_letsThatOneWait()
    {
        Timed("index", 30);
        Timed("mail", 5);
        Timed("search", 10, "index");

        Assert.Equal(40, Milliseconds(WhatIf(2).Background("index")));
        Assert.Empty(WhatIf(2).Background("index").NeededBeforeReady);
    }

    [Fact]
    public void Defer_ofAServiceThatAnotherNeeds_startsItAllTheSameAndSaysSo()
    {
        Timed("index", 30);
        using (_tracker.Begin("search"))
            Timed("lookup", 10, "index");

        StartupPrediction alone = WhatIf().Defer("index"), both = WhatIf().Defer("index", "search");

        Assert.Equal((40, TimeSpan.Zero), (Milliseconds(alone), alone.Saving));
        Assert.Equal(["index"], alone.NeededBeforeReady);
        Assert.Equal(0, Milliseconds(both));
        Assert.Empty(both.NeededBeforeReady);
    }

    [Fact]
    public void Predict_ofSeveralChanges_isOnePredictionForTheSet()
    {
        Timed("a", 10);
        Timed("b", 20);
        Timed("index", 40);
        Timed("mail", 8);
        Timed("web", 4);

        StartupPrediction prediction = WhatIf().Predict(
            [StartupChange.Parallel("a", "b"), StartupChange.Defer("index"), StartupChange.Background("mail"), StartupChange.Speed("web", 50)], cores: 4);

        Assert.Equal(22, Milliseconds(prediction)); // b, then web at double speed
        Assert.Equal(TimeSpan.FromMilliseconds(60), prediction.Saving);
        Assert.Equal(4, prediction.Cores);
        Assert.Equal(0, prediction.MeasuredShare);
    }

    [Fact]
    public async Task Predict_withoutChange_isWhatWasMeasuredEvenWhereMoreRanThanCores()
    {
        StartupScope[] together = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Begun($"service {i}")));
        _time.Advance(100);
        foreach (StartupScope scope in together)
            scope.Dispose();
        Timed("late", 10);
        Timed("later", 10);

        StartupWhatIf whatIf = WhatIf(2);

        Assert.Equal(120, Milliseconds(whatIf.Predict([])));
        Assert.Null(whatIf.Predict([]).Cores);
        // Six at once on two cores cannot all have computed: another core's worth is not invented for them.
        Assert.Equal(110, Milliseconds(whatIf.Parallel(["late", "later"])));
    }

    [Fact]
    public void Parallel_ofServicesWhoseTimeWasMeasured_overlapsWhatTheyWaited()
    {
        // On one core: 4 x 10 of CPU and queueing, JIT and GC have to be shared; 4 x 30 of blocked and awaiting time do not.
        var whatIf = new StartupWhatIf(OneByOne(4, new StartupComposition
        {
            Wall = Ms(40), Cpu = Ms(4), Jit = Ms(2), AssemblyLoading = Ms(1), GcPause = Ms(1), QueuedForCpu = Ms(1), Blocked = Ms(10), Awaiting = Ms(20), Unknown = Ms(1),
        }), 1);

        StartupPrediction prediction = whatIf.Parallel();

        Assert.Equal(40, Milliseconds(prediction));
        Assert.Equal(0.975, prediction.MeasuredShare, 1e-9); // what no part accounts for was not measured
        Assert.Equal(80, Milliseconds(whatIf.Parallel(cores: 0.5)));
    }

    [Fact]
    public void Parallel_ofServicesThatCollectedGarbage_letsNothingRunDuringThePauses()
    {
        // 4 x (10 of CPU + 5 of pause), on four cores: the pauses come one after the other, the rest side by side.
        StartupSnapshot snapshot = OneByOne(4, new StartupComposition { Wall = Ms(15), Cpu = Ms(10), GcPause = Ms(5) });

        Assert.Equal(((4 * 5) + 10), Milliseconds(new StartupWhatIf(snapshot, 4).Parallel()), 1e-3);
    }

    [Fact]
    public void Parallel_besideTheRuntimesOwnWork_leavesItAsMuchTimeAsItTook()
    {
        // 40 of CPU time were the runtime's own: the longer start had them spread over 200, the shorter one has not.
        StartupSnapshot snapshot = OneByOne(4, new StartupComposition { Wall = Ms(50), Cpu = Ms(50) }) with { ProcessCpu = Ms(240) };
        var whatIf = new StartupWhatIf(snapshot, 2);

        StartupPrediction prediction = whatIf.Parallel();

        Assert.Equal(1.8, whatIf.CoresForServices, 1e-9);
        Assert.Equal(2 - (40 / (200 / 1.8)), prediction.Cores!.Value, 1e-6);
        Assert.Equal(200 / prediction.Cores!.Value, Milliseconds(prediction), 1e-3);
        Assert.Equal(200 / 1.8, Milliseconds(whatIf.Parallel(cores: 1.8)), 1e-3); // what the caller gives is used as it is
    }

    /// <summary>
    /// Services one after the other with random needs, started together as far as they do not need each other, against a
    /// simulation in small steps that knows nothing of networks.
    /// </summary>
    [Fact]
    public void Parallel_ofAnyServices_agreesWithASimulationInSmallSteps() => Prop.ForAll<byte[], int>((bytes, seed) =>
    {
        int count = Math.Clamp(bytes.Length, 1, 8);
        var random = new System.Random(seed);
        int cores = random.Next(1, 5);
        int[] durations = Enumerable.Range(0, count).Select(_ => random.Next(1, 40)).ToArray();
        int[][] needs = Enumerable.Range(0, count).Select(i => Enumerable.Range(0, i).Where(_ => random.Next(4) == 0).ToArray()).ToArray();
        var time = new ManualTime();
        var tracker = new StartupTracker(time, 1_000, () => default);
        for (int i = 0; i < count; i++)
        {
            using StartupScope scope = tracker.Begin($"service {i}");
            foreach (int need in needs[i])
                scope.AddDependency($"service {need}");
            time.Advance(durations[i]);
        }
        var whatIf = new StartupWhatIf(tracker.Snapshot(), 8);

        StartupPrediction prediction = whatIf.Parallel(cores: cores);

        double simulated = SimulatedInSteps(durations, needs, cores);
        Assert.Equal(simulated, prediction.Total.TotalMilliseconds, 0.05 * count);
        Assert.True(prediction.Saving >= TimeSpan.FromTicks(-1)); // never more than one after the other
        Assert.True(prediction.Total.TotalMilliseconds >= ((double)durations.Sum() / cores) - 1e-3);
        Assert.True(prediction.Total >= whatIf.Parallel(cores: 4_096).Total - TimeSpan.FromTicks(1)); // the longest chain of needs
        Assert.Equal(LongestChain(durations, needs), whatIf.Parallel(cores: 4_096).Total.TotalMilliseconds, 1e-3);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(100, 2.0)] // all of it the services' own
    [InlineData(150, 1.5)] // half a core was the runtime's
    [InlineData(190, 1.1)]
    [InlineData(900, 1.0)] // never less than half of the cores
    [InlineData(null, 2.0)]
    public void CoresForServices_ofAProcessThatUsedMoreThanItsScopes_leavesThatOut(int? processCpu, double expected)
    {
        StartupRecord record = new() { Id = 0, Name = "a", Duration = Ms(100), Self = new StartupComposition { Wall = Ms(100), Cpu = Ms(70), Jit = Ms(20), GcPause = Ms(10) } };
        StartupSnapshot snapshot = StartupSnapshot.Empty with { Total = Ms(100), Records = [record], ProcessCpu = processCpu is int cpu ? Ms(cpu) : null };

        Assert.Equal(expected, new StartupWhatIf(snapshot, 2).CoresForServices, 1e-9);
    }

    [Fact]
    public void Parallel_ofManyServices_growsNearLinearly()
    {
        // Counted, not timed: twenty thousand pieces squeezed together would take hours if each end touched every other.
        var time = new ManualTime();
        var tracker = new StartupTracker(time, 20_000, () => default);
        for (int i = 0; i < 20_000; i++)
        {
            using (tracker.Begin($"service {i}"))
                time.Advance(1 + (i % 7));
        }
        StartupSnapshot snapshot = tracker.Snapshot();

        StartupPrediction prediction = new StartupWhatIf(snapshot, 2).Parallel();

        Assert.Equal(snapshot.Total.TotalMilliseconds / 2, prediction.Total.TotalMilliseconds, 4.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4_096.1)]
    [InlineData(double.NaN)]
    public void Parallel_withCoresOutsideTheirRange_isRefused(double cores)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StartupWhatIf(StartupSnapshot.Empty).Parallel(cores: cores));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StartupWhatIf(StartupSnapshot.Empty, cores));
    }

    private static double SimulatedInSteps(int[] durations, int[][] needs, int cores)
    {
        const double Step = 0.01;
        double[] left = durations.Select(duration => (double)duration).ToArray();
        double now = 0;
        while (true)
        {
            int[] running = Enumerable.Range(0, left.Length)
                .Where(i => left[i] > 1e-9 && needs[i].All(need => left[need] <= 1e-9)).ToArray();
            if (running.Length == 0)
                return now;
            foreach (int i in running)
                left[i] -= Step * Math.Min(1, (double)cores / running.Length);
            now += Step;
        }
    }

    private static double LongestChain(int[] durations, int[][] needs)
    {
        double[] ends = new double[durations.Length];
        for (int i = 0; i < ends.Length; i++)
            ends[i] = needs[i].Select(need => ends[need]).DefaultIfEmpty(0).Max() + durations[i];
        return ends.Max();
    }

    private static StartupSnapshot OneByOne(int services, StartupComposition self) => StartupSnapshot.Empty with
    {
        Total = self.Wall * services,
        Records = Enumerable.Range(0, services).Select(i => new StartupRecord
        {
            Id = i,
            PreviousId = i > 0 ? i - 1 : null,
            Name = $"service {i}",
            StartedAt = self.Wall * i,
            Duration = self.Wall,
            SelfDuration = self.Wall,
            Self = self,
        }).ToArray(),
    };

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static double Milliseconds(StartupPrediction prediction) => prediction.Total.TotalMilliseconds;

    private StartupWhatIf WhatIf(double processors = 8) => new(_tracker.Snapshot(), processors);

    private void Timed(string name, int milliseconds, params string[] needs)
    {
        using StartupScope scope = _tracker.Begin(name);
        foreach (string need in needs)
            scope.AddDependency(need);
        _time.Advance(milliseconds);
    }

    private async Task StartAsync(string name, int milliseconds, params string[] needs)
    {
        await Task.Yield();
        Timed(name, milliseconds, needs);
    }

    private async Task<StartupScope> Begun(string name)
    {
        await Task.Yield();
        return _tracker.Begin(name);
    }
}
