namespace PerfKit.Instrumentation.Tests;

/// <summary>Against the real clocks: figures are checked with room for a busy machine, and for what must hold on any.</summary>
public sealed class StartupCompositionTests
{
    private static readonly TimeSpan Room = TimeSpan.FromMilliseconds(30);

    private readonly StartupTracker _tracker = new();

    [TimedFact]
    public void Self_ofABurningScope_isCpu()
    {
        using (_tracker.Begin("burn"))
            Work.Burn(TimeSpan.FromMilliseconds(60));

        StartupComposition self = Self("burn");
        AssertAddsUp(self);
        if (self.Cpu is { } cpu)
            Assert.InRange(cpu + self.Jit!.Value, TimeSpan.FromMilliseconds(58), TimeSpan.FromMilliseconds(75));
    }

    [TimedFact]
    public void Self_ofAScopeThatHoldsItsThread_isBlocked()
    {
        using (_tracker.Begin("held"))
        using (var never = new ManualResetEventSlim())
            never.Wait(100);

        StartupComposition self = Self("held");
        AssertAddsUp(self);
        if (self.Blocked is { } blocked)
            Assert.InRange(blocked + (self.QueuedForCpu ?? TimeSpan.Zero), TimeSpan.FromMilliseconds(85), TimeSpan.FromSeconds(5));
        Assert.True(self.Awaiting < Room, $"{self}");
    }

    [TimedFact]
    public async Task Self_ofAnOpenScope_isReadAtTheInstantOfTheSnapshot()
    {
        for (int i = 0; i < 30_000; i++)
            _tracker.Begin("before").Dispose();
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task busy = Task.Run(async () =>
        {
            using (_tracker.Begin("open"))
            {
                begun.SetResult();
                while (!stop.IsCancellationRequested)
                    await Task.Yield();     // onto a thread again and again, also while the many others are read
            }
        });
        await begun.Task;

        StartupComposition self = _tracker.Snapshot().Records[^1].Self!;
        await stop.CancelAsync();
        await busy;

        TimeSpan told = self.SumOfParts();
        Assert.True(told <= self.Wall + TimeSpan.FromMilliseconds(0.5), $"{told} of {self.Wall}: {self}");
    }

    [TimedFact]
    public async Task Self_ofAScopeThatAwaits_isAwaiting()
    {
        using (_tracker.Begin("awaits"))
            await Work.OnTimer(100);

        StartupComposition self = Self("awaits");
        AssertAddsUp(self);
        // A busy machine may keep the thread from getting to the await while the timer runs already.
        Assert.InRange(self.Awaiting!.Value + (self.QueuedForCpu ?? TimeSpan.Zero), TimeSpan.FromMilliseconds(70), TimeSpan.FromSeconds(5));
        Assert.True(self.Blocked is null || self.Blocked < Room, $"{self}");
    }

    [TimedFact]
    public void Self_ofAScopeThatCompiles_isJit()
    {
        using (_tracker.Begin("compiles"))
            Work.Compile(100);

        StartupComposition self = Self("compiles");
        AssertAddsUp(self);
        Assert.True(self.JitMethods >= 100, $"{self}");
        Assert.True(self.Jit > TimeSpan.FromMicroseconds(200), $"{self}");
    }

    [TimedFact]
    public void Self_ofAScopeThatAllocates_hasItsBytesAndCollections()
    {
        const int Pieces = 2_000, Size = 32_000;
        using (_tracker.Begin("allocates"))
        {
            var kept = new List<byte[]>();
            for (int i = 0; i < Pieces; i++)
                kept.Add(new byte[Size]);
            GC.Collect();
            GC.KeepAlive(kept);
        }

        StartupComposition self = Self("allocates");
        AssertAddsUp(self);
        Assert.InRange(self.AllocatedBytes!.Value, (long)Pieces * Size, (long)(Pieces * Size * 1.05));
        Assert.True(self.GcCollections >= 1, $"{self}");
        Assert.True(self.GcPause > TimeSpan.Zero, $"{self}");
    }

    [TimedFact]
    public void Self_withANestedScope_leavesItsWorkToIt_andInclusiveHasBoth()
    {
        using (_tracker.Begin("outer"))
        {
            Work.Burn(TimeSpan.FromMilliseconds(20));
            using (_tracker.Begin("inner"))
                Work.Burn(TimeSpan.FromMilliseconds(60));
        }

        StartupSnapshot snapshot = _tracker.Snapshot();
        StartupRecord outer = snapshot.Records[0], inner = snapshot.Records[1];
        AssertAddsUp(outer.Self!);
        AssertAddsUp(outer.Inclusive!);
        Assert.Equal(outer.Duration, outer.Inclusive!.Wall);
        Assert.Equal(outer.SelfDuration, outer.Self!.Wall);
        TimeSpan sum = (outer.Self.Cpu + inner.Self!.Cpu) ?? TimeSpan.Zero;
        Assert.InRange((outer.Inclusive.Cpu ?? TimeSpan.Zero) - sum, TimeSpan.Zero, TimeSpan.FromTicks(1)); // each is rounded
        Assert.True(outer.Self.Cpu is null || outer.Self.Cpu < TimeSpan.FromMilliseconds(45), $"{outer.Self}");
        Assert.True(outer.Self.Overlapping < Room, $"{outer.Self}");
    }

    [TimedFact]
    public async Task Self_ofScopesInterleavedOnSharedThreads_isWhatEachBurned()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var burned = new TimeSpan[8];
        async Task StartAsync(int number)
        {
            using StartupScope scope = _tracker.Begin($"service {number}");
            for (int i = 0; i < 6; i++)
            {
                burned[number] += Work.Burn(TimeSpan.FromMilliseconds(number + 1));
                await Task.Yield();
            }
        }
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => StartAsync(number))));

        StartupSnapshot snapshot = _tracker.Snapshot();
        for (int number = 0; number < 8; number++)
        {
            StartupComposition self = snapshot.Services[$"service {number}"].Self!;
            AssertAddsUp(self);
            Assert.InRange(self.Cpu!.Value + self.Jit!.Value,
                (burned[number] * 0.95) - TimeSpan.FromMilliseconds(1), (burned[number] * 1.05) + TimeSpan.FromMilliseconds(5));
        }
    }

    [TimedFact]
    public async Task Self_ofOverlappingScopes_hasWhatEachAllocated()
    {
        const int Pieces = 200, Size = 2_000;
        async Task StartAsync(int number)
        {
            using StartupScope scope = _tracker.Begin($"service {number}");
            for (int i = 0; i < Pieces * (number + 1); i++)
            {
                GC.KeepAlive(new byte[Size]);
                if (i % 50 == 49)
                    await Task.Yield();
            }
        }
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => StartAsync(number))));

        StartupSnapshot snapshot = _tracker.Snapshot();
        for (int number = 0; number < 8; number++)
        {
            long least = Pieces * (number + 1) * (long)Size;
            Assert.InRange(snapshot.Services[$"service {number}"].Self!.AllocatedBytes!.Value, least, (long)(least * 1.05) + 16_384);
        }
    }

    [TimedFact]
    public async Task Inclusive_ofScopesThatAwaitAtOnce_countsTheWaitOnce()
    {
        using (_tracker.Begin("group"))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
            {
                using StartupScope scope = _tracker.Begin($"service {number}");
                await Work.OnTimer(60);
            }));
        }

        StartupComposition inclusive = _tracker.Snapshot().Records[0].Inclusive!;
        AssertAddsUp(inclusive);
        Assert.InRange(inclusive.Awaiting!.Value, TimeSpan.FromTicks(1), inclusive.Wall); // four waits of 60 ms are more
    }

    [TimedFact]
    public void Self_ofWorkBesideANestedScope_overlaps()
    {
        using (StartupScope outer = _tracker.Begin("outer"))
        {
            using var begun = new ManualResetEventSlim();
            using var burned = new ManualResetEventSlim();
            var nested = new Thread(() =>
            {
                using StartupScope inner = _tracker.Begin("inner");
                begun.Set();
                burned.Wait();
            });
            nested.Start();
            begun.Wait();
            Work.Burn(TimeSpan.FromMilliseconds(30));
            burned.Set();
            nested.Join();
        }

        StartupComposition self = _tracker.Snapshot().Records[0].Self!;
        AssertAddsUp(self, TimeSpan.FromMilliseconds(1));
        Assert.True(self.Overlapping >= TimeSpan.FromMilliseconds(29), $"{self}");
    }

    [TimedFact]
    public void Self_ofAScopeThatStillRunsElsewhere_hasItsTime()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var burned = new ManualResetEventSlim();
        using var seen = new ManualResetEventSlim();
        var starting = new Thread(() =>
        {
            using StartupScope scope = _tracker.Begin("running");
            Work.Burn(TimeSpan.FromMilliseconds(40));
            burned.Set();
            seen.Wait();
        });
        starting.Start();
        burned.Wait();

        StartupComposition self = Self("running");
        seen.Set();
        starting.Join();

        Assert.True(self.Cpu >= TimeSpan.FromMilliseconds(39), $"{self}");
        Assert.InRange((self.SumOfParts() - self.Wall).Duration(), TimeSpan.Zero, self.Wall * 0.02);
    }

    [TimedFact]
    public void Self_ofWorkThatGoesOnAfterTheScope_isWithoutIt()
    {
        using var go = new ManualResetEventSlim();
        Thread after;
        using (_tracker.Begin("short"))
        {
            after = new Thread(() =>
            {
                go.Wait();
                Work.Burn(TimeSpan.FromMilliseconds(50));
            });
            after.Start();
        }
        TimeSpan? before = Self("short").Cpu;
        go.Set();
        after.Join();

        StartupComposition self = Self("short");
        Assert.True((self.Cpu ?? TimeSpan.Zero) - (before ?? TimeSpan.Zero) < TimeSpan.FromMilliseconds(25), $"{self}");
        AssertAddsUp(self, TimeSpan.FromMilliseconds(1));
    }

    [TimedFact]
    public void Self_withAClockOfItsOwn_isWallTimeAndNotToldApart()
    {
        var time = new ManualTime();
        var tracker = new StartupTracker(time);
        using (tracker.Begin("manual"))
            time.Advance(10);

        StartupSnapshot snapshot = tracker.Snapshot();
        Assert.Equal(
            new StartupComposition { Wall = TimeSpan.FromMilliseconds(10), Unknown = TimeSpan.FromMilliseconds(10) }, snapshot.Records[0].Self);
        Assert.Equal(["Only the wall time is known"], snapshot.Records[0].Inclusive!.NotToldApart());
        Assert.Null(snapshot.BeforeFirst);
    }

    [TimedFact]
    public void Begin_inScopesOfAnotherTracker_chargesEachWithItsOwn()
    {
        var other = new StartupTracker();
        using (_tracker.Begin("outer"))
        using (other.Begin("inner"))
            Work.Burn(TimeSpan.FromMilliseconds(40));

        StartupComposition outer = Self("outer"), inner = other.Snapshot().Services["inner"].Self!;
        AssertAddsUp(inner);
        Assert.True(outer.Cpu is null || outer.Cpu < TimeSpan.FromMilliseconds(25), $"{outer}");
        Assert.True(outer.Awaiting < Room, $"{outer}");
    }

    [TimedFact]
    public void BeforeFirst_saysWhatTheProcessWasMadeOf()
    {
        _tracker.Begin("first").Dispose();

        StartupSnapshot snapshot = _tracker.Snapshot();
        StartupComposition before = snapshot.BeforeFirst!;
        Assert.Equal(snapshot.BeforeFirstScope, before.Wall);
        Assert.InRange((before.SumOfParts() - before.Wall).Duration(), TimeSpan.Zero, before.Wall * 0.02);
        Assert.True(before.AssembliesLoaded > 5 && before.JitMethods > 0 && before.AllocatedBytes > 0, $"{before}");
        Assert.Null(before.Awaiting);
        Assert.Contains(before.NotToldApart(), text => text.Contains("Awaiting", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, 40, 100, 60)] // the first thread's own counters: what it did not run, it was blocked
    [InlineData(false, 40, 100, 60)] // the process's: what it did not run is unknown
    [InlineData(false, 150, 100, 0)] // several threads at once
    public void BeforeFirst_addsUp(bool isOneThread, int cpu, int wall, int rest)
    {
        long millisecond = System.Diagnostics.Stopwatch.Frequency / 1_000;
        var prelude = new StartupPrelude(isOneThread, cpu * millisecond, null, 1_000, new RuntimeReading(20 * millisecond, 5, 0, 0, 0, 0), 9);

        StartupComposition before = prelude.Compose(TimeSpan.FromMilliseconds(wall));

        Assert.Equal(TimeSpan.FromMilliseconds(wall), before.SumOfParts());
        Assert.Equal(TimeSpan.FromMilliseconds(20), before.Jit);
        Assert.Equal(TimeSpan.FromMilliseconds(cpu - 20), before.Cpu);
        Assert.Equal(TimeSpan.FromMilliseconds(rest), isOneThread ? before.Blocked : before.Unknown);
        Assert.Equal(isOneThread, before.Blocked is not null);
    }

    private StartupComposition Self(string service) => _tracker.Snapshot().Services[service].Self!;

    private static void AssertAddsUp(StartupComposition composition, TimeSpan room = default)
    {
        TimeSpan most = (composition.Wall * 0.02) + TimeSpan.FromMicroseconds(50) + room;
        Assert.True((composition.SumOfParts() - composition.Wall).Duration() <= most && composition.Unknown <= most, $"{composition}");
    }
}
