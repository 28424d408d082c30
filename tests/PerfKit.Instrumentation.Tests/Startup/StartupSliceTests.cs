using System.Diagnostics;
using FsCheck;

namespace PerfKit.Instrumentation.Tests;

public sealed class StartupSliceTests
{
    private static readonly long Millisecond = Stopwatch.Frequency / 1_000;

    [Fact]
    public void Of_aSliceInWhichTheThreadCollectedItself_takesThePauseOutOfCpu()
    {
        StartupSlice slice = Of(wall: 100, cpu: 80, Runtime(pause: 30), ranCollections: true);

        Assert.Equal((50, 30, 20), Parts(slice));
    }

    [Fact]
    public void Of_aSliceInWhichARunningThreadWasStopped_takesThePauseOutOfBlocked()
    {
        StartupSlice slice = Of(wall: 100, cpu: 70, Runtime(pause: 30), ranCollections: false);

        Assert.Equal((70, 30, 0), Parts(slice));
    }

    [Fact]
    public void Of_aSliceThatSleptWhileOthersCollected_staysBlocked()
    {
        StartupSlice slice = Of(wall: 100, cpu: 0, Runtime(pause: 30), ranCollections: false);

        Assert.Equal((0, 0, 100), Parts(slice));
    }

    [Fact]
    public void Of_aSliceThatRanHalfOfItsTime_isTakenToBeStoppedHalfAsOften()
    {
        StartupSlice slice = Of(wall: 100, cpu: 40, Runtime(pause: 20), ranCollections: false);

        Assert.Equal((40, 10, 50), Parts(slice));
    }

    [Fact]
    public void Of_aThreadThatAllocatedMostOfIt_ranTheCollection()
    {
        var runtime = new RuntimeReading(0, 0, Collections: 1, Pause: 30 * Millisecond, ProcessAllocated: 1_000, ThreadAllocated: 900);

        Assert.Equal(50, StartupSlice.Of(100 * Millisecond, 80 * Millisecond, 0, allocated: 0, runtime).Cpu / Millisecond);
        Assert.Equal(80, StartupSlice.Of(100 * Millisecond, 80 * Millisecond, 0, allocated: 0, runtime with { ThreadAllocated = 100 }).Cpu / Millisecond);
    }

    [Fact]
    public void Of_aPauseWithoutACollectionInTheSlice_countsNone() =>
        Assert.Equal(0, Of(100, 80, new RuntimeReading(0, 0, 0, 30 * Millisecond, 0, 0), ranCollections: true).GcPause);

    [Fact]
    public void Of_compiling_takesItOutOfCpu_andThenOutOfWhatHeldItUp()
    {
        Assert.Equal((60, 20, 20), Jit(wall: 100, cpu: 80, queued: 0, jit: 20));
        Assert.Equal((0, 90, 10), Jit(wall: 100, cpu: 80, queued: 0, jit: 90));
    }

    [Fact]
    public void Of_compilingOnABusyMachine_leavesItsShareOfTheQueueThere()
    {
        Assert.Equal((20, 20, 0), Jit(wall: 80, cpu: 40, queued: 40, jit: 40));
        Assert.Equal((39, 1, 0), Jit(wall: 80, cpu: 40, queued: 40, jit: 1)); // too short to have been kept waiting
    }

    [Fact]
    public void Of_anyReadings_addsUp() =>
        Prop.ForAll(
            Arb.From(Gen.Choose(0, 1_000_000_000).Four()), Arb.From(Gen.Choose(0, 1_000_000_000).Three()), Arb.From<bool>(),
            (times, counted, ran) =>
            {
                (int wall, int cpu, int queued, int jit) = times;
                (int pause, int collections, int allocated) = counted;
                cpu = Math.Min(cpu, wall);
                queued = Math.Min(queued, wall - cpu);
                StartupSlice slice = StartupSlice.Of(wall, cpu, queued, allocated, new RuntimeReading(jit, 1, collections, pause, 0, 0), ran);
                Assert.Equal(wall, slice.Length);
                Assert.True(slice is { Cpu: >= 0, Jit: >= 0, GcPause: >= 0, Queued: >= 0, Blocked: >= 0 }, $"{slice}");
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cut_keepsTheShareThatWasInTime()
    {
        StartupSlice cut = new StartupSlice(40, 20, 10, 10, 20, 1_000, 4, 1).Cut(excess: 50);

        Assert.Equal(new StartupSlice(20, 10, 5, 5, 10, 500, 2, 1), cut);
        Assert.Equal(0, new StartupSlice(40, 20, 10, 10, 20, 1_000, 4, 1).Cut(excess: 500).Length);
    }

    private static StartupSlice Of(long wall, long cpu, in RuntimeReading runtime, bool ranCollections) =>
        StartupSlice.Of(wall * Millisecond, cpu * Millisecond, queued: 0, allocated: 0, runtime, ranCollections);

    private static RuntimeReading Runtime(long pause) => new(0, 0, Collections: 1, pause * Millisecond, 0, 0);

    private static (long Cpu, long GcPause, long Blocked) Parts(in StartupSlice slice) =>
        (slice.Cpu / Millisecond, slice.GcPause / Millisecond, slice.Blocked / Millisecond);

    private static (long Cpu, long Jit, long Blocked) Jit(long wall, long cpu, long queued, long jit)
    {
        StartupSlice slice = StartupSlice.Of(
            wall * Millisecond, cpu * Millisecond, queued * Millisecond, 0, new RuntimeReading(jit * Millisecond, 1, 0, 0, 0, 0), false);
        return (slice.Cpu / Millisecond, slice.Jit / Millisecond, slice.Blocked / Millisecond);
    }
}
