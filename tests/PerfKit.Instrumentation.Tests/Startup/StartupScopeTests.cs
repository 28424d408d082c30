namespace PerfKit.Instrumentation.Tests;

public sealed class StartupScopeTests
{
    private readonly ManualTime _time = new();
    private readonly StartupTracker _tracker;

    public StartupScopeTests() => _tracker = new StartupTracker(_time, 100, () => new MemoryReading(10, 20));

    [Fact]
    public void Begin_insideAnotherScope_recordsTheParent()
    {
        using (_tracker.Begin("outer"))
        {
            _time.Advance(10);
            using (_tracker.Begin("inner", ServiceType.Optional))
                _time.Advance(5);
            _time.Advance(1);
        }

        StartupSnapshot snapshot = _tracker.Snapshot();
        StartupRecord outer = snapshot.Records[0], inner = snapshot.Records[1];
        Assert.Null(outer.ParentId);
        Assert.Equal(outer.Id, inner.ParentId);
        Assert.Equal(Milliseconds(16), outer.Duration);
        Assert.Equal(Milliseconds(11), outer.SelfDuration);
        Assert.Equal(Milliseconds(10), inner.StartedAt);
        Assert.Equal(Milliseconds(5), inner.Duration);
        Assert.Equal(ServiceType.Optional, inner.Type);
        Assert.Equal(["outer"], snapshot.Services["inner"].Parents);
    }

    [Fact]
    public void Begin_afterASibling_doesNotNestInIt()
    {
        using (_tracker.Begin("outer"))
        {
            using (_tracker.Begin("first")) { }
            using (_tracker.Begin("second")) { }
        }

        Assert.Equal(0, _tracker.Snapshot().Records[2].ParentId);
    }

    [Fact]
    public void Begin_insideAScopeOfAnotherTracker_hasNoParent()
    {
        var other = new StartupTracker(_time);
        using (other.Begin("elsewhere"))
        using (_tracker.Begin("here")) { }

        Assert.Null(_tracker.Snapshot().Records[0].ParentId);
    }

    [Fact]
    public async Task Begin_inAnAsyncMethod_nestsAcrossAwaitAndEndsOnAnotherThread()
    {
        StartupScope outer = _tracker.Begin("outer");
        await OnNewThread(() =>
        {
            StartupScope inner = _tracker.Begin("inner");
            inner.Dispose();
        });
        await OnNewThread(outer.Dispose);

        IReadOnlyList<StartupRecord> records = _tracker.Snapshot().Records;
        Assert.Equal(0, records[1].ParentId);
        Assert.NotEqual(records[0].BeganOnThread, records[0].EndedOnThread);
    }

    [Fact]
    public async Task Begin_inConcurrentStarts_nestsEachInItsOwnFlow()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task StartAsync(string name)
        {
            using (_tracker.Begin(name))
            {
                await gate.Task;
                using (_tracker.Begin(name + ".child")) { }
            }
        }
        Task all = Task.WhenAll(StartAsync("a"), StartAsync("b"));
        gate.SetResult();
        await all;

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(["a"], snapshot.Services["a.child"].Parents);
        Assert.Equal(["b"], snapshot.Services["b.child"].Parents);
        Assert.Empty(snapshot.Services["b"].Parents);
    }

    [Fact]
    public void Dispose_ofTheOuterScopeFirst_letsLaterScopesClimbToTheNearestOpenOne()
    {
        StartupScope outermost = _tracker.Begin("outermost");
        StartupScope outer = _tracker.Begin("outer");
        StartupScope inner = _tracker.Begin("inner");
        outer.Dispose();
        inner.Dispose();
        using (_tracker.Begin("next")) { }
        outermost.Dispose();
        using (_tracker.Begin("last")) { }

        StartupSnapshot snapshot = _tracker.Snapshot();
        Assert.Equal(["outermost"], snapshot.Services["next"].Parents);
        Assert.Empty(snapshot.Services["last"].Parents);
    }

    [Fact]
    public void Dispose_twice_keepsTheFirstEnd()
    {
        StartupScope scope = _tracker.Begin("service");
        _time.Advance(3);
        scope.Dispose();
        _time.Advance(3);
        scope.Dispose();

        Assert.Equal(Milliseconds(3), Assert.Single(_tracker.Snapshot().Records).Duration);
    }

    [Fact]
    public void Dispose_never_showsAsUnfinishedUpToNow()
    {
        _ = _tracker.Begin("service");
        _time.Advance(7);

        StartupRecord record = Assert.Single(_tracker.Snapshot().Records);
        Assert.Equal(StartupOutcome.Unfinished, record.Outcome);
        Assert.Equal(Milliseconds(7), record.Duration);
        Assert.Null(record.EndedOnThread);
    }

    [Fact]
    public void Fail_beforeTheEnd_marksTheServiceWithTheFirstException()
    {
        using (StartupScope scope = _tracker.Begin("service"))
        {
            scope.Fail(new InvalidOperationException("no database"));
            scope.Fail(new TimeoutException("and late"));
        }

        StartupRecord record = Assert.Single(_tracker.Snapshot().Records);
        Assert.Equal(StartupOutcome.Failed, record.Outcome);
        Assert.Equal("System.InvalidOperationException: no database", record.Error);
    }

    [Fact]
    public void Run_whenTheStartThrows_marksTheFailureAndLetsTheExceptionFly()
    {
        var thrown = new InvalidOperationException("no database");

        Exception caught = Assert.Throws<InvalidOperationException>(() =>
            StartupScope.Run("service", ServiceType.Essential, (StartupScope _) => throw thrown, _tracker));

        Assert.Same(thrown, caught);
        StartupRecord record = Assert.Single(_tracker.Snapshot().Records);
        Assert.Equal(StartupOutcome.Failed, record.Outcome);
        Assert.Contains("no database", record.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_whenTheStartSucceeds_returnsItsResultAndEndsTheScope()
    {
        int result = await StartupScope.RunAsync("service", ServiceType.Essential, async _ =>
        {
            await Task.Yield();
            _time.Advance(4);
            return 42;
        }, _tracker);

        Assert.Equal(42, result);
        StartupRecord record = Assert.Single(_tracker.Snapshot().Records);
        Assert.Equal(StartupOutcome.Succeeded, record.Outcome);
        Assert.Equal(Milliseconds(4), record.Duration);
    }

    [Fact]
    public async Task RunAsync_whenTheTaskFails_marksTheFailure()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => StartupScope.RunAsync(
            "service", ServiceType.Essential, async _ => { await Task.Yield(); throw new TimeoutException("late"); }, _tracker));

        Assert.Equal(StartupOutcome.Failed, Assert.Single(_tracker.Snapshot().Records).Outcome);
    }

    [Fact]
    public void AddDependency_twice_isOneDependency()
    {
        using (StartupScope scope = _tracker.Begin("service"))
        {
            scope.AddDependency("library");
            scope.AddDependency("library");
        }

        StartupDependency dependency = Assert.Single(Assert.Single(_tracker.Snapshot().Records).Dependencies);
        Assert.Equal("library", dependency.Name);
        Assert.Null(dependency.Duration);
    }

    [Fact]
    public void BeginDependency_ofANamedOne_timesItInstead()
    {
        using (StartupScope scope = _tracker.Begin("service"))
        {
            scope.AddDependency("database");
            _time.Advance(2);
            using (DependencyScope dependency = scope.BeginDependency("database"))
            {
                _time.Advance(9);
                dependency.Fail();
            }
        }

        StartupDependency timed = Assert.Single(Assert.Single(_tracker.Snapshot().Records).Dependencies);
        Assert.Equal(Milliseconds(2), timed.StartedAt);
        Assert.Equal(Milliseconds(9), timed.Duration);
        Assert.Equal(StartupOutcome.Failed, timed.Outcome);
    }

    [Theory]
    [InlineData(null, "(unnamed)")]
    [InlineData("", "(unnamed)")]
    [InlineData("  ", "(unnamed)")]
    [InlineData("café 👩‍🚀", "café 👩‍🚀")]
    public void Begin_withAnyName_recordsOne(string? name, string expected)
    {
        using (_tracker.Begin(name!)) { }

        Assert.Equal(expected, Assert.Single(_tracker.Snapshot().Records).Name);
    }

    [Fact]
    public void Begin_withAVeryLongName_cutsItTo256Characters()
    {
        using (_tracker.Begin(new string('x', 255) + "👩" + "tail")) { }

        string name = Assert.Single(_tracker.Snapshot().Records).Name;
        Assert.Equal(256, name.Length);
        Assert.EndsWith("…", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_withAnExceptionThatThrowsWhenAsked_recordsWhatItCan()
    {
        using (StartupScope scope = _tracker.Begin("service"))
        {
            scope.Fail(new HostileException());
            scope.Fail(null!);
        }

        Assert.Contains(nameof(HostileException), Assert.Single(_tracker.Snapshot().Records).Error, StringComparison.Ordinal);
    }

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);

    // A thread of its own: the pool could choose the same one again.
    private static Task OnNewThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class HostileException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message for you");
    }
}
