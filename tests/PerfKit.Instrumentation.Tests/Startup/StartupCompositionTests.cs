namespace PerfKit.Instrumentation.Tests;

/// <summary>Against the real clocks: figures are checked with room for a busy machine, and for what must hold on any.</summary>
public sealed class StartupCompositionTests
{
    private static readonly TimeSpan Room = TimeSpan.FromMilliseconds(30);

    private readonly StartupTracker _tracker = new();

    [Fact]
    public void Self_ofABurningScope_isCpu()
    {
        using (_tracker.Begin("burn"))
            Work.Burn(TimeSpan.FromMilliseconds(60));

        StartupComposition self = Self("burn");
        AssertAddsUp(self);
        if (self.Cpu is { } cpu)
            Assert.InRange(cpu + self.Jit!.Value, TimeSpan.FromMilliseconds(58), TimeSpan.FromMilliseconds(75));
    }

    [Fact]
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

    [Fact]
    public async Task Self_ofAScopeThatAwaits_isAwaiting()
    {
        using (_tracker.Begin("awaits"))
            await Work.OnTimer(100);

        StartupComposition self = Self("awaits");
        AssertAddsUp(self);
        Assert.InRange(self.Awaiting!.Value, TimeSpan.FromMilliseconds(70), TimeSpan.FromSeconds(5));
        Assert.True(self.Blocked is null || self.Blocked < Room, $"{self}");
    }

    [Fact]
    public void Self_ofAScopeThatCompiles_isJit()
    {
        using (_tracker.Begin("compiles"))
            Work.Compile(100);

        StartupComposition self = Self("compiles");
        AssertAddsUp(self);
        Assert.True(self.JitMethods >= 100, $"{self}");
        Assert.True(self.Jit > TimeSpan.FromMicroseconds(200), $"{self}");
    }

    [Fact]
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

    [Fact]
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

    [Fact]
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

    private StartupComposition Self(string service) => _tracker.Snapshot().Services[service].Self!;

    private static void AssertAddsUp(StartupComposition composition) =>
        Assert.True(
            (composition.SumOfParts() - composition.Wall).Duration() <= (composition.Wall * 0.02) + TimeSpan.FromMicroseconds(50)
                && composition.Unknown <= (composition.Wall * 0.02) + TimeSpan.FromMicroseconds(50),
            $"{composition}");
}
