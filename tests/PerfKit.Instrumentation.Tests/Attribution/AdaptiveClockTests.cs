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
            using (var never = new ManualResetEventSlim())
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

    private ServiceUsage Used(string service) => UsageSnapshot.Take().Since(_before).Services.Single(usage => usage.Service == service);
}
