using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

/// <summary>What becomes of pauses of the collector, delays of the pool, and everything in the tally.</summary>
public sealed class WaitChargesTests
{
    private readonly List<WaitCharge> _charges = [];

    [Fact]
    public void DividePauses_byBytes_givesTheRestToNobody()
    {
        AllocatorPauses.Divide(pause: 1_000, collections: 3, allocated: 400, before: [0, 10, 5], now: [0, 210, 105], _charges.Add);

        Assert.Equal(
            [
                new WaitCharge(WaitKind.GarbageCollection, WaitParty.AllServices, 1, 500, 3, null),
                new WaitCharge(WaitKind.GarbageCollection, WaitParty.AllServices, 2, 250, 3, null),
                new WaitCharge(WaitKind.GarbageCollection, WaitParty.AllServices, WaitParty.Unattributed, 250, 3, null),
            ],
            _charges);
    }

    [Fact]
    public void DividePauses_servicesBookedMoreThanTheStepHad_givesNobodyTheRest()
    {
        AllocatorPauses.Divide(pause: 1_000, collections: 1, allocated: 10, before: [0, 0], now: [75, 225], _charges.Add);

        Assert.Equal([(0, 250L), (1, 750L)], _charges.Select(charge => (charge.Culprit, charge.Ticks)));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 0)]
    public void DividePauses_withoutPauseOrAllocation_chargesNothing(long pause, long allocated)
    {
        AllocatorPauses.Divide(pause, 1, allocated, before: [5], now: [5], _charges.Add);

        Assert.Empty(_charges);
    }

    [Fact]
    public void PoolDelay_itemThatStillWaits_countsAsItGoesAndOnce()
    {
        int queued = 0;
        var pool = new PoolDelay(_ => queued++, _charges.Add);
        pool.Step(1_000);
        pool.Step(1_400);
        pool.Step(1_900);

        Assert.Equal(1, queued);
        Assert.Equal(900, _charges.Sum(charge => charge.Ticks), 5.0); // divided among who holds threads, in whole ticks
        Assert.All(_charges, charge => Assert.Equal((WaitKind.ThreadPool, WaitParty.QueuedWork), (charge.Kind, charge.Victim)));
        Assert.All(_charges.GroupBy(charge => charge.Culprit), culprit => Assert.InRange(culprit.Sum(charge => charge.Count), 0, 1));
    }

    [Fact]
    public void PoolDelay_itemThatRanWithinTheStep_isNoDelay()
    {
        var pool = new PoolDelay(item => item.Execute(), _charges.Add);
        for (int step = 1; step < 10; step++)
            pool.Step(Stopwatch.GetTimestamp());

        Assert.Empty(_charges);
    }

    [Fact]
    public void PoolDelay_itemThatRanAtLast_countsUntilThen()
    {
        IThreadPoolWorkItem? waiting = null;
        var pool = new PoolDelay(item => waiting = item, _charges.Add);
        long start = Stopwatch.GetTimestamp();
        pool.Step(start);
        pool.Step(Stopwatch.GetTimestamp());
        waiting!.Execute();
        pool.Step(long.MaxValue / 2); // long after: the time since it ran is no delay

        Assert.InRange(_charges.Sum(charge => charge.Ticks), 0, Stopwatch.GetTimestamp() - start);
    }

    [Fact]
    public void Table_ofATally_sumsPairsAndSortsThemByTime()
    {
        using (ServiceContext.Enter("tally.a"))
        using (ServiceContext.Enter("tally.b"))
        {
        }
        int a = ServiceBook.IdOf("tally.a"), b = ServiceBook.IdOf("tally.b");
        var tally = new WaitTally();
        tally.Resume(Stopwatch.GetTimestamp(), hears: true);
        tally.Add(new WaitCharge(WaitKind.Lock, a, b, Ticks(20), 1, Ticks(20)));
        tally.Add(new WaitCharge(WaitKind.Lock, a, b, Ticks(30), 1, Ticks(30)));
        tally.Add(new WaitCharge(WaitKind.Lock, b, WaitParty.Unknown, Ticks(80), 1, Ticks(80)));
        tally.Add(new WaitCharge(WaitKind.GarbageCollection, WaitParty.AllServices, a, Ticks(5), 7, null));
        tally.CountLockWait();

        WaitTable table = tally.ToTable()!;

        Assert.Equal(
            [
                new WaitBlame { Kind = WaitKind.Lock, Victim = "tally.b", Culprit = "(unknown)", Count = 1, Total = Milliseconds(80), Longest = Milliseconds(80) },
                new WaitBlame { Kind = WaitKind.Lock, Victim = "tally.a", Culprit = "tally.b", Count = 2, Total = Milliseconds(50), Longest = Milliseconds(30) },
                new WaitBlame { Kind = WaitKind.GarbageCollection, Victim = "(all services)", Culprit = "tally.a", Count = 7, Total = Milliseconds(5) },
            ],
            table.Blames);
        Assert.Equal(1, table.LockWaitsHeard);
    }

    [Fact]
    public void Table_ofATallyThatNeverWatched_isNone() => Assert.Null(new WaitTally().ToTable());

    [Fact]
    public void Table_withoutEventSupport_doesNotKnowLockWaits()
    {
        var tally = new WaitTally();
        tally.Resume(0, hears: false);

        Assert.Null(tally.ToTable()!.LockWaitsHeard);
    }

    [Fact]
    public void Add_morePairsThanItKeeps_chargesOthers()
    {
        var tally = new WaitTally();
        tally.Resume(0, hears: true);
        int[] ids = [.. Enumerable.Range(0, 70).Select(n => ServiceBook.IdOf($"tally.{n}"))];
        foreach (int victim in ids)
        {
            foreach (int culprit in ids)
                tally.Add(new WaitCharge(WaitKind.Lock, victim, culprit, Ticks(1), 1, Ticks(1)));
        }

        WaitTable table = tally.ToTable()!;
        Assert.Equal(WaitTally.MostPairs + 1, table.Blames.Count);
        Assert.Equal((70 * 70) - WaitTally.MostPairs, table.Blames.Single(blame => blame is { Victim: "(other)", Culprit: "(other)" }).Count);
    }

    private static long Ticks(int milliseconds) => milliseconds * (Stopwatch.Frequency / 1_000);

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
