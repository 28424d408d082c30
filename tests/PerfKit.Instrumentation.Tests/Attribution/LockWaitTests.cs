using System.Diagnostics;

namespace PerfKit.Instrumentation.Tests;

/// <summary>Waits are told some milliseconds late; the service that the thread ran then is charged, not the one that it runs by now.</summary>
public sealed class LockWaitTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(2);

    private readonly UsageSnapshot _before = UsageSnapshot.Take();

    [Fact]
    public void ChargeLockWait_ofTheServiceThatRuns_isItsOwn()
    {
        using (ServiceContext.Enter("lock.now"))
        {
            Spin();
            Tell(TimeSpan.Zero);
        }

        Assert.Equal(Wait, Heard("lock.now"));
    }

    [TimedFact]
    public void ChargeLockWait_ofAServiceThatHasLeft_isStillItsOwn()
    {
        using (ServiceContext.Enter("lock.left"))
            Spin();
        var since = Stopwatch.StartNew();
        using (ServiceContext.Enter("lock.next"))
        {
            Spin();
            Tell(since.Elapsed + Wait);
        }

        Assert.Equal(Wait, Heard("lock.left"));
        Assert.Equal(TimeSpan.Zero, Heard("lock.next"));
    }

    [Fact]
    public void ChargeLockWait_ofAThreadWithoutService_countsInAllOnly()
    {
        using (ServiceContext.Enter("lock.none"))
            ThreadLedger.ChargeLockWait(-5, TimeSpan.Zero, Wait);

        UsageSnapshot used = UsageSnapshot.Take().Since(_before);
        Assert.True(used.LockWaitHeard >= Wait);
        Assert.Equal(TimeSpan.Zero, Heard("lock.none"));
    }

    private static void Tell(TimeSpan ago) => ThreadLedger.ChargeLockWait(ThreadClock.CurrentThreadId(), ago, Wait);

    private static void Spin()
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < 5 * Wait;)
            Thread.SpinWait(50);
    }

    private TimeSpan? Heard(string service) =>
        UsageSnapshot.Take().Since(_before).Services.Single(usage => usage.Service == service).LockWaitHeard;
}
