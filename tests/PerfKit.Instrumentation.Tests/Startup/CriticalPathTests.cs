using FsCheck;

namespace PerfKit.Instrumentation.Tests;

public sealed class CriticalPathTests
{
    private readonly ManualTime _time = new();
    private readonly StartupTracker _tracker;

    public CriticalPathTests() => _tracker = new StartupTracker(_time, 1_000, () => default);

    [Fact]
    public void Of_servicesOneAfterTheOther_isAllOfThemAndTheTimeBetween()
    {
        Timed("first", 10);
        _time.Advance(5);
        Timed("second", 20);
        _time.Advance(1);
        _tracker.MarkReady();

        Assert.Equal(["first 10", "(untracked) 5", "second 20", "(untracked) 1"], Links());
    }

    [Fact]
    public void Of_nestedScopes_givesEachItsOwnTime()
    {
        using (_tracker.Begin("host"))
        {
            _time.Advance(3);
            Timed("database", 10);
            _time.Advance(2);
        }

        Assert.Equal(["host 3", "database 10", "host 2"], Links());
    }

    [Fact]
    public async Task Of_servicesStartedTogether_isTheOneThatFinishedLast()
    {
        using (_tracker.Begin("host"))
        {
            Timed("configuration", 4);
            StartupScope slow = await InFlow(() => _tracker.Begin("slow"));
            StartupScope fast = await InFlow(() => _tracker.Begin("fast"));
            _time.Advance(10);
            fast.Dispose();
            _time.Advance(15);
            slow.Dispose();
            Timed("web", 1);
        }

        Assert.Equal(["configuration 4", "slow 25", "web 1"], Links());
        CriticalPath path = CriticalPath.Of(_tracker.Snapshot());
        Assert.Equal(TimeSpan.FromMilliseconds(15), path.Slack["fast"]); // up to web: the flow that began it may have waited for both
        Assert.Equal(TimeSpan.Zero, path.Slack["slow"]);
    }

    [Fact]
    public async Task Of_aServiceWithADeclaredDependency_followsItAndNotWhateverEndedLast()
    {
        StartupScope database = await InFlow(() => _tracker.Begin("database"));
        StartupScope unrelated = await InFlow(() => _tracker.Begin("unrelated"));
        _time.Advance(10);
        database.Dispose();
        _time.Advance(1); // a thread hop, in which something unrelated happens to end
        unrelated.Dispose();
        StartupScope web = await InFlow(() => _tracker.Begin("web"));
        web.AddDependency("database");
        _time.Advance(5);
        web.Dispose();

        Assert.Equal(["database 10", "(untracked) 1", "web 5"], Links());
    }

    [Fact]
    public async Task Of_aDependencyThatEndsInsideTheService_wasWaitedForInside()
    {
        StartupScope cache = await InFlow(() => _tracker.Begin("cache"));
        StartupScope web = await InFlow(() => _tracker.Begin("web"));
        web.AddDependency("cache");
        _time.Advance(30);
        cache.Dispose();
        _time.Advance(2);
        web.Dispose();

        Assert.Equal(["cache 30", "web 2"], Links());
    }

    [Fact]
    public void Of_aScopeAroundTheHostsOwnStart_endsWithReady()
    {
        Timed("index", 10);
        using (_tracker.Begin("web"))
        {
            _time.Advance(5);
            _tracker.MarkReady();
            _time.Advance(100);
        }

        Assert.Equal(["index 10", "web 5"], Links());
    }

    [Fact]
    public async Task Of_workThatNobodyWaitedFor_leavesItOut()
    {
        StartupScope background = await InFlow(() => _tracker.Begin("background"));
        Timed("database", 10);
        _tracker.MarkReady();
        _time.Advance(100);
        background.Dispose();

        Assert.Equal(["database 10"], Links());
        Assert.Null(CriticalPath.Of(_tracker.Snapshot()).Slack["background"]);
    }

    [Fact]
    public void Of_cyclesAndUnknownNames_reportsThem()
    {
        using (StartupScope a = _tracker.Begin("a"))
        {
            a.AddDependency("b");
            a.AddDependency("some library");
        }
        using (StartupScope b = _tracker.Begin("b"))
            b.AddDependency("a");
        using (StartupScope self = _tracker.Begin("self"))
            self.AddDependency("self");

        CriticalPath path = CriticalPath.Of(_tracker.Snapshot());

        Assert.Equal(["some library"], path.UnknownDependencies);
        Assert.Equal([["a", "b"], ["self"]], path.Cycles);
    }

    [Fact]
    public void Of_noScopes_isEmpty() => Assert.Empty(CriticalPath.Of(StartupSnapshot.Empty).Links);

    [Fact]
    public void Of_aVeryDeepNesting_doesNotExhaustTheStack()
    {
        var tracker = new StartupTracker(_time, 30_000, () => default);
        var scopes = new Stack<StartupScope>();
        for (int i = 0; i < 20_000; i++)
            scopes.Push(tracker.Begin($"service {i}"));
        _time.Advance(1);
        while (scopes.TryPop(out StartupScope? scope))
            scope.Dispose();

        Assert.Equal("service 19999", Assert.Single(CriticalPath.Of(tracker.Snapshot()).Links).Service);
    }

    /// <summary>
    /// Networks whose answer is known: each service starts when all it needs has ended. The path is as long as the start-up,
    /// without gaps; deferring and speeding up come true when the network is run that way; slack is exact.
    /// </summary>
    [Fact]
    public void Of_anyNetwork_agreesWithItsOwnSimulation() => Prop.ForAll<byte[], int>((bytes, seed) =>
    {
        int count = Math.Clamp(bytes.Length, 1, 30);
        var random = new System.Random(seed);
        int[] durations = Enumerable.Range(0, count).Select(_ => random.Next(1, 100)).ToArray();
        int[][] needs = Enumerable.Range(0, count).Select(i => Enumerable.Range(0, i).Where(_ => random.Next(4) == 0).Take(3).ToArray()).ToArray();
        StartupSnapshot snapshot = Simulated(durations, needs, out int total);

        CriticalPath path = CriticalPath.Of(snapshot);
        Assert.Equal(TimeSpan.FromMilliseconds(total), path.Total);
        Assert.Equal(path.Total, path.Links.Aggregate(TimeSpan.Zero, (sum, link) => sum + link.Duration));
        Assert.Equal(1, path.Links.Sum(link => link.Share), 1e-9);
        Assert.All(path.Links.Zip(path.Links.Skip(1)), pair => Assert.Equal(pair.First.StartedAt + pair.First.Duration, pair.Second.StartedAt));

        var whatIf = new StartupWhatIf(snapshot);
        for (int i = 0; i < count; i++)
        {
            string name = $"service {i}";
            Simulated(With(durations, i, 0), needs, out int without);
            Assert.Equal(TimeSpan.FromMilliseconds(without), whatIf.Speed(name, 100).Total);
            bool isNeeded = needs.Any(need => need.Contains(i));
            StartupPrediction deferred = whatIf.Defer(name);
            Assert.Equal(TimeSpan.FromMilliseconds(isNeeded ? total : without), deferred.Total);
            Assert.Equal(snapshot.Total - deferred.Total, deferred.Saving);
            Assert.Equal(isNeeded ? [name] : [], deferred.NeededBeforeReady);
            Simulated(With(durations, i, durations[i] * 0.5), needs, out double half);
            Assert.Equal(half, whatIf.Speed(name, 50).Total.TotalMilliseconds, 1e-3);

            double slack = path.Slack[name]!.Value.TotalMilliseconds;
            Simulated(With(durations, i, durations[i] + slack), needs, out double still);
            Simulated(With(durations, i, durations[i] + slack + 1), needs, out double later);
            Assert.Equal(total, still, 1e-6);
            Assert.Equal(total + 1, later, 1e-6);
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Speed_outsideItsRange_isRefused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StartupWhatIf(StartupSnapshot.Empty).Speed("a", percent));

    private static double[] With(int[] durations, int index, double duration)
    {
        double[] changed = durations.Select(value => (double)value).ToArray();
        changed[index] = duration;
        return changed;
    }

    private static void Simulated(double[] durations, int[][] needs, out int total)
    {
        Simulated(durations, needs, out double exact);
        total = (int)Math.Round(exact);
    }

    private static void Simulated(double[] durations, int[][] needs, out double total)
    {
        double[] ends = new double[durations.Length];
        for (int i = 0; i < ends.Length; i++)
            ends[i] = needs[i].Select(need => ends[need]).DefaultIfEmpty(0).Max() + durations[i];
        total = ends.Max();
    }

    private static StartupSnapshot Simulated(int[] durations, int[][] needs, out int total)
    {
        int[] begins = new int[durations.Length], ends = new int[durations.Length];
        for (int i = 0; i < ends.Length; i++)
        {
            begins[i] = needs[i].Select(need => ends[need]).DefaultIfEmpty(0).Max();
            ends[i] = begins[i] + durations[i];
        }
        total = ends.Max();
        // Records stand in order of beginning, whatever order the services were made in.
        int[] order = Enumerable.Range(0, ends.Length).OrderBy(i => begins[i]).ThenBy(i => i).ToArray();
        StartupRecord[] records = order.Select((i, id) => new StartupRecord
        {
            Id = id,
            Name = $"service {i}",
            StartedAt = TimeSpan.FromMilliseconds(begins[i]),
            Duration = TimeSpan.FromMilliseconds(durations[i]),
            SelfDuration = TimeSpan.FromMilliseconds(durations[i]),
            Dependencies = needs[i].Select(need => new StartupDependency { Name = $"service {need}" }).ToArray(),
        }).ToArray();
        return StartupSnapshot.Empty with
        {
            Total = TimeSpan.FromMilliseconds(total),
            Records = records,
            Services = records.ToDictionary(record => record.Name, record => new StartupService
            {
                Name = record.Name,
                Dependencies = record.Dependencies.Select(dependency => dependency.Name).ToArray(),
            }),
        };
    }

    private void Timed(string name, int milliseconds)
    {
        using (_tracker.Begin(name))
            _time.Advance(milliseconds);
    }

    private string[] Links() => CriticalPath.Of(_tracker.Snapshot()).Links
        .Select(link => $"{link.Service} {link.Duration.TotalMilliseconds}").ToArray();

    // What begins in a flow of its own is not followed by what the caller begins next.
    private static async Task<T> InFlow<T>(Func<T> begin)
    {
        await Task.Yield();
        return begin();
    }
}
