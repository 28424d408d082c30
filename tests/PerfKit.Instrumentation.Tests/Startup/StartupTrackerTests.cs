using FsCheck;

namespace PerfKit.Instrumentation.Tests;

public sealed class StartupTrackerTests
{
    private readonly ManualTime _time = new();
    private readonly StartupTracker _tracker;
    private MemoryReading _memory = new(100, 100);

    public StartupTrackerTests() => _tracker = new StartupTracker(_time, 4, () => _memory);

    [Fact]
    public void Snapshot_withoutScopes_isEmpty()
    {
        StartupSnapshot snapshot = _tracker.Snapshot();

        Assert.Empty(snapshot.Records);
        Assert.Null(snapshot.Origin);
        Assert.Equal(TimeSpan.Zero, snapshot.Total);
    }

    [Fact]
    public void Total_ofOverlappingScopes_isTheSpanAndNotTheSum()
    {
        StartupScope first = _tracker.Begin("first");
        _time.Advance(10);
        StartupScope second = _tracker.Begin("second");
        _time.Advance(10);
        first.Dispose();
        _time.Advance(10);
        second.Dispose();

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(TimeSpan.FromMilliseconds(30), snapshot.Total);
        Assert.Equal(TimeSpan.Zero, snapshot.Untracked);
    }

    [Fact]
    public void Untracked_isTheTimeBetweenScopes()
    {
        using (_tracker.Begin("first"))
            _time.Advance(10);
        _time.Advance(5);
        using (_tracker.Begin("second"))
            _time.Advance(10);
        _time.Advance(2);
        _tracker.MarkReady();

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(TimeSpan.FromMilliseconds(27), snapshot.Total);
        Assert.Equal(TimeSpan.FromMilliseconds(7), snapshot.Untracked);
    }

    [Fact]
    public void MarkReady_endsStartup_andLaterScopesDoNotCount()
    {
        using (_tracker.Begin("early"))
            _time.Advance(10);
        _tracker.MarkReady();
        _time.Advance(1_000);
        using (_tracker.Begin("late"))
            _time.Advance(10);
        _tracker.MarkReady();

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(TimeSpan.FromMilliseconds(10), snapshot.Total);
        Assert.Equal(TimeSpan.FromMilliseconds(10), snapshot.ReadyAt);
        Assert.False(snapshot.Records[0].IsAfterReady);
        Assert.True(snapshot.Records[1].IsAfterReady);
    }

    [Fact]
    public void Services_thatGoOnAfterReady_countUpToReady_andLaterOnesAreMarked()
    {
        StartupScope worker = _tracker.Begin("worker");
        _time.Advance(10);
        _tracker.MarkReady();
        using (_tracker.Begin("cache", ServiceType.Background))
            _time.Advance(3_000);
        worker.Dispose();

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(TimeSpan.FromMilliseconds(10), snapshot.Services["worker"].SelfDuration);
        Assert.False(snapshot.Services["worker"].IsAfterReady);
        Assert.True(snapshot.Services["cache"].IsAfterReady);
    }

    [Fact]
    public void Memory_isReadBeforeTheFirstScopeAndWhenReady()
    {
        using (_tracker.Begin("service"))
            _memory = new MemoryReading(300, 500);
        _tracker.MarkReady();
        _memory = new MemoryReading(900, 900);

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(100, snapshot.BaselineWorkingSetBytes);
        Assert.Equal(500, snapshot.PeakWorkingSetBytes);
    }

    [Fact]
    public void Services_takeScopesOfOneNameTogether_countingOverlapOnce()
    {
        StartupScope first = _tracker.Begin("pool", ServiceType.Background);
        _time.Advance(10);
        StartupScope second = _tracker.Begin("pool");
        second.AddDependency("network");
        _time.Advance(10);
        second.Dispose();
        first.Dispose();
        using (_tracker.Begin("other"))
            _time.Advance(1);

        StartupSnapshot snapshot = _tracker.Snapshot();
        StartupService pool = snapshot.Services["pool"];
        Assert.Equal(2, pool.Count);
        Assert.Equal(TimeSpan.FromMilliseconds(20), pool.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(20), pool.SelfDuration);
        Assert.Equal(ServiceType.Background, pool.Type);
        Assert.Equal(["network"], pool.Dependencies);
        Assert.Empty(pool.Parents);
        Assert.Equal(1, snapshot.Services["other"].Order);
    }

    [Fact]
    public void Begin_beyondTheCapacity_worksAndIsCounted()
    {
        for (int i = 0; i < 6; i++)
        {
            using StartupScope scope = _tracker.Begin($"service {i}");
            scope.AddDependency("something");
        }

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(4, snapshot.Records.Count);
        Assert.Equal(2, snapshot.DroppedRecords);
    }

    [Fact]
    public void Snapshot_isUnchangedByWhatHappensLater()
    {
        StartupScope scope = _tracker.Begin("service");
        StartupSnapshot before = _tracker.Snapshot();
        scope.AddDependency("late");
        _time.Advance(10);
        scope.Dispose();

        Assert.Equal(StartupOutcome.Unfinished, before.Records[0].Outcome);
        Assert.Empty(before.Records[0].Dependencies);
        Assert.Equal(TimeSpan.Zero, before.Total);
    }

    [Fact]
    public void BeforeFirstScope_isKnownForTheSystemClockOnly()
    {
        using (_tracker.Begin("service")) { }
        var real = new StartupTracker();
        using (real.Begin("service")) { }

        Assert.Null(_tracker.Snapshot().BeforeFirstScope);
        Assert.InRange(real.Snapshot().BeforeFirstScope!.Value, TimeSpan.FromTicks(1), TimeSpan.FromHours(1));
    }

    [Fact]
    public void Snapshot_ofAClockThatGoesBackwards_hasNoNegativeTimes()
    {
        StartupScope scope = _tracker.Begin("service");
        _time.Advance(-50);
        scope.Dispose();

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(TimeSpan.Zero, snapshot.Total);
        Assert.Equal(TimeSpan.Zero, snapshot.Records[0].Duration);
    }

    [Fact]
    public void Constructor_withoutCapacity_isRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StartupTracker(null, 0));

    [Fact]
    public void Begin_fromManyThreads_losesNothing()
    {
        const int Threads = 8, Each = 500;
        var tracker = new StartupTracker();
        using var gate = new Barrier(Threads);
        Thread[] threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            gate.SignalAndWait();
            for (int i = 0; i < Each; i++)
            {
                using StartupScope outer = tracker.Begin($"outer {number}");
                using StartupScope inner = tracker.Begin($"inner {number}");
                inner.AddDependency("shared");
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        StartupSnapshot snapshot = tracker.Snapshot();
        Assert.Equal(Threads * Each * 2, snapshot.Records.Count);
        Assert.All(snapshot.Records, (record, index) => Assert.Equal(index, record.Id));
        Assert.All(snapshot.Services.Values.Where(service => service.Name.StartsWith("inner", StringComparison.Ordinal)),
            service => Assert.Equal([service.Name.Replace("inner", "outer", StringComparison.Ordinal)], service.Parents));
    }

    /// <summary>Whatever blocks open and close, in whatever order, the parts never exceed the whole.</summary>
    [Fact]
    public void Snapshot_ofAnyScopes_keepsItsParts() => Prop.ForAll<byte[]>(steps =>
    {
        var time = new ManualTime();
        var tracker = new StartupTracker(time, 1_000, () => default);
        var open = new List<StartupScope>();
        foreach (byte step in steps)
        {
            time.Advance(step % 7);
            if (step % 3 == 0 && open.Count > 0)
            {
                int which = step % open.Count;
                open[which].Dispose();
                open.RemoveAt(which);
            }
            else
            {
                open.Add(tracker.Begin($"service {step % 5}"));
            }
        }
        for (int i = open.Count - 1; i >= 0; i--)
            open[i].Dispose();

        StartupSnapshot snapshot = tracker.Snapshot();
        Assert.All(snapshot.Records, record =>
        {
            Assert.InRange(record.SelfDuration, TimeSpan.Zero, record.Duration);
            Assert.InRange(record.StartedAt + record.Duration, TimeSpan.Zero, snapshot.Total);
            Assert.True(record.ParentId is null || record.ParentId < record.Id);
        });
        Assert.All(snapshot.Services.Values, service =>
        {
            Assert.InRange(service.SelfDuration, TimeSpan.Zero, service.Duration);
            Assert.InRange(service.Duration, TimeSpan.Zero, snapshot.Total);
        });
        Assert.Equal(snapshot.Records.Count, snapshot.Services.Values.Sum(service => service.Count));
    }).QuickCheckThrowOnFailure();
}
