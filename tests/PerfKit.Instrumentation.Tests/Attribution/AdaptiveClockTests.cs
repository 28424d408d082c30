using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PerfKit.Instrumentation.Tests;

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime
{
    /// <summary>Tests that lower the process's detail: others would be told less beside them.</summary>
    public const string Name = "One at a time";
}

/// <summary>What is taken for granted of slices too short for the CPU clock, and what PerfKit says of it.</summary>
[Collection(OneAtATime.Name)]
public sealed class AdaptiveClockTests
{
    private readonly UsageSnapshot _before = UsageSnapshot.Take();

    [Fact]
    public void CpuError_ofOneLongSlice_isNothing()
    {
        if (!ThreadClock.IsAvailable)
            return;
        OnFreshThread(() =>
        {
            using (ServiceContext.Enter("clock.long"))
                Work.Burn(TimeSpan.FromMilliseconds(30));
        });

        ServiceUsage usage = Used("clock.long");
        Assert.True(usage.CpuError < usage.Cpu * 0.01, $"{usage.CpuError} of {usage.Cpu}");
    }

    [Fact]
    public void Cpu_ofManyShortSlices_isTrueWithinItsError()
    {
        if (!OperatingSystem.IsLinux())
            return;
        TimeSpan burned = TimeSpan.Zero;
        OnFreshThread(() =>
        {
            long began = ThreadClock.ReadCurrent();
            for (int i = 0; i < 20_000; i++)
            {
                using (ServiceContext.Enter((i & 1) == 0 ? "clock.even" : "clock.odd"))
                    Thread.SpinWait(20);
            }
            burned = Stopwatch.GetElapsedTime(began, ThreadClock.ReadCurrent());
        });

        ServiceUsage even = Used("clock.even"), odd = Used("clock.odd");
        // What the loop itself took between two contexts, and the switches, are no service's.
        TimeSpan charged = even.Cpu!.Value + odd.Cpu!.Value;
        Assert.InRange(charged, burned * 0.2, burned + even.CpuError!.Value + odd.CpuError!.Value);
        Assert.True(even.CpuError <= even.Cpu + TimeSpan.FromMilliseconds(1), $"{even}");
    }

    [Fact]
    public void CpuError_whenAWaitFollowsShortSlices_isAtMostThese()
    {
        if (!OperatingSystem.IsLinux())
            return;
        OnFreshThread(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                using (ServiceContext.Enter("clock.brief"))
                    Thread.SpinWait(10);
            }
            using (ServiceContext.Enter("clock.waiting"))
            using (var never = new ManualResetEventSlim(initialState: false, spinCount: 0)) // what spins on a busy machine waits for a CPU
                never.Wait(50);
        });

        // A millisecond at most is taken for granted before the clock is asked, so no single wait can be told as more of it.
        ServiceUsage waiting = Used("clock.waiting");
        Assert.InRange(waiting.CpuError!.Value, TimeSpan.Zero, TimeSpan.FromMilliseconds(1.1));
        Assert.True(waiting.Blocked > TimeSpan.FromMilliseconds(40), $"{waiting}");
    }

    [Fact]
    public void Cpu_ofSlicesTooShortToReadTheClock_isTakenBackWhereTheyWaited()
    {
        if (!OperatingSystem.IsLinux())
            return;
        AttributionDetail.Level = AttributionDetail.Lowest; // slices under 200 µs are short: time enough to wait in one
        try
        {
            TimeSpan waited = TimeSpan.Zero;
            OnFreshThread(() =>
            {
                long began = Stopwatch.GetTimestamp(), cpu = ThreadClock.ReadCurrent();
                for (int i = 0; i < 400; i++)
                {
                    using (ServiceContext.Enter("clock.dozing"))
                        _ = Doze(60);
                }
                waited = Stopwatch.GetElapsedTime(began) - Stopwatch.GetElapsedTime(cpu, ThreadClock.ReadCurrent());
            });

            ServiceUsage dozing = Used("clock.dozing");
            TimeSpan seen = dozing.Blocked!.Value + dozing.QueuedForCpu!.Value;
            Assert.InRange(seen, waited * 0.8, waited * 1.05 + dozing.CpuError!.Value);
        }
        finally
        {
            AttributionDetail.Level = AttributionDetail.Highest;
        }
    }

    [Fact]
    public void UnsureOnPool_ofWaitsWithNoLookAtTheRunQueue_isAllThatWasBlocked()
    {
        if (!OperatingSystem.IsLinux())
            return;
        AttributionDetail.Level = AttributionDetail.Lowest; // the run queue is looked at for slices of 100 ms
        try
        {
            OnPool(() =>
            {
                using (ServiceContext.Enter("clock.untold"))
                    _ = Doze(5_000);
                using (ServiceContext.Enter("clock.told"))
                    _ = Doze(120_000);
            });
        }
        finally
        {
            AttributionDetail.Level = AttributionDetail.Highest;
        }

        ServiceUsage untold = Used("clock.untold"), told = Used("clock.told");
        Assert.Equal((untold.Blocked, untold.Blocked), (untold.BlockedOnPool, untold.UnsureOnPool));
        Assert.InRange(untold.Blocked!.Value, TimeSpan.FromMilliseconds(4), TimeSpan.FromMilliseconds(95));
        Assert.Equal(TimeSpan.Zero, told.UnsureOnPool);
        Assert.True(told.BlockedOnPool > TimeSpan.FromMilliseconds(20), $"{told}"); // what was queued before may be told of it
    }

    [Fact]
    public void UnsureOnPool_ofAWaitAtFullDetail_isNothing()
    {
        if (!ThreadLedger.HasQueued)
            return;
        OnPool(() =>
        {
            using (ServiceContext.Enter("clock.sure"))
                _ = Doze(5_000);
        });

        ServiceUsage sure = Used("clock.sure");
        Assert.Equal(TimeSpan.Zero, sure.UnsureOnPool);
        Assert.True(sure.Blocked + sure.QueuedForCpu >= TimeSpan.FromMilliseconds(4), $"{sure}");
    }

    [Fact]
    public void CpuOf_workOnDemand_isPerfKitsAndApartFromWhatRunsAlways()
    {
        long always = ThreadLedger.CpuOf(ServiceContext.OwnName), asked = ThreadLedger.CpuOf(ServiceContext.OnDemandName);
        OnFreshThread(() =>
        {
            using (ServiceContext.Enter("clock.asking"))
            using (ServiceContext audit = ServiceContext.Enter(ServiceContext.OnDemandName))
            {
                Assert.Equal(ServiceContext.OwnName, audit.Service);
                Work.Burn(TimeSpan.FromMilliseconds(30));
            }
        });

        Assert.InRange(Stopwatch.GetElapsedTime(asked, ThreadLedger.CpuOf(ServiceContext.OnDemandName)), TimeSpan.FromMilliseconds(29), TimeSpan.FromSeconds(1));
        Assert.InRange(Stopwatch.GetElapsedTime(always, ThreadLedger.CpuOf(ServiceContext.OwnName)), TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        Assert.True(Used(ServiceContext.OwnName).Cpu >= TimeSpan.FromMilliseconds(29));
        Assert.True(Used("clock.asking").Inclusive!.Cpu >= TimeSpan.FromMilliseconds(29));
        Assert.DoesNotContain(UsageSnapshot.Take().Services, usage => usage.Service == ServiceContext.OnDemandName);
    }

    [Fact]
    public void OwnCost_ofManySwitches_isChargedToPerfKit()
    {
        TimeSpan Own() => Stopwatch.GetElapsedTime(0, ThreadLedger.CpuOf(ServiceContext.OwnName));
        TimeSpan before = Own();
        OnFreshThread(() =>
        {
            for (int i = 0; i < 200_000; i++)
                using (ServiceContext.Enter("clock.switching")) { }
        });

        // 400,000 switches of some tens of nanoseconds.
        Assert.InRange(Own() - before, TimeSpan.FromMilliseconds(2), TimeSpan.FromSeconds(2));
        Assert.Contains(UsageSnapshot.Take().Since(_before).Services, usage => usage.Service == ServiceContext.OwnName);
    }

    [Fact]
    public void Level_ofLessDetail_looksAtLongerSlicesOnly()
    {
        TimeSpan full = AttributionDetail.ClockedTime;
        try
        {
            AttributionDetail.Level = AttributionDetail.Lowest;
            Assert.Equal(TimeSpan.FromMicroseconds(200), AttributionDetail.ClockedTime);
        }
        finally
        {
            AttributionDetail.Level = AttributionDetail.Highest;
        }
        Assert.Equal(full, AttributionDetail.ClockedTime);
    }

    // Thread.Sleep knows no less than a millisecond.
    [DllImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Doze(uint microseconds);

    private static void OnFreshThread(Action work)
    {
        var thread = new Thread(() => work());
        thread.Start();
        thread.Join();
    }

    private static void OnPool(Action work) => Task.Run(work).GetAwaiter().GetResult();

    private ServiceUsage Used(string service) => UsageSnapshot.Take().Since(_before).Services.Single(usage => usage.Service == service);
}
