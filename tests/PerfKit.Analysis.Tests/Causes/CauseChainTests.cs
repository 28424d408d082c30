namespace PerfKit.Analysis.Tests;

public sealed class CauseChainTests
{
    [Fact]
    public void Link_leakThatFillsTheHeapAndBringsCollections_isOneFinding()
    {
        Bottleneck leak = Found(BottleneckType.MemoryLeak, 30);
        Bottleneck root = Assert.Single(CauseChain.Link(
            [Found(BottleneckType.CpuIntensive, 70), Found(BottleneckType.GcPressure, 60), leak, Found(BottleneckType.MemoryPressure, 90)], Observed.Nothing));

        Assert.Equal(BottleneckType.MemoryLeak, root.Type);
        Assert.Equal([BottleneckType.MemoryPressure, BottleneckType.GcPressure], root.Consequences.Select(found => found.Type));
        Assert.Equal(BottleneckType.CpuIntensive, Assert.Single(root.Consequences[1].Consequences).Type);
        Assert.Equal(90, root.ImpactScore);
        Assert.Equal(Severity.Critical, root.Severity);
        Assert.Equal(leak.Description, root.Description);
    }

    [Fact]
    public void Link_twoServicesWithFaultsOfTheirOwn_staysTwoFindings() => Assert.Equal(
        2, CauseChain.Link([Found(BottleneckType.IoBound, 30, "journal"), Found(BottleneckType.BlockingOperation, 40, "quotes")], Observed.Nothing).Count);

    [Fact]
    public void Link_threadsHeldByAService_explainAStarvedPool()
    {
        Bottleneck root = Assert.Single(CauseChain.Link(
            [Found(BottleneckType.ThreadPoolStarvation, 80, Observed.Application), Found(BottleneckType.BlockingOperation, 40, "quotes")], Observed.Nothing));

        Assert.Equal(("quotes", BottleneckType.BlockingOperation), (root.Service, root.Type));
    }

    [Fact]
    public void Link_fewExceptions_doNotExplainABusyCpu()
    {
        Bottleneck cpu = Found(BottleneckType.CpuIntensive, 50) with { Evidence = [new Evidence("CPU", 1, MeasureUnit.Cores)] };
        Bottleneck Storm(double rate) => Found(BottleneckType.ExceptionStorm, 20) with { Evidence = [new Evidence("exceptions thrown (median)", rate, MeasureUnit.CountPerSecond)] };

        Assert.Equal(2, CauseChain.Link([cpu, Storm(1_000)], Observed.Nothing).Count);
        Assert.Single(CauseChain.Link([cpu, Storm(60_000)], Observed.Nothing));
    }

    [Theory]
    [InlineData(3, 6, 1)] // half of the held threads wait for the lock
    [InlineData(2.9, 6, 2)]
    public void Link_threadsThatWaitForALock_explainHeldThreadsWhereTheyAreMostOfThem(double waiting, double held, int findings)
    {
        Bottleneck blocking = Found(BottleneckType.BlockingOperation, 60) with { Evidence = [new Evidence("pool threads held", held, MeasureUnit.Count)] };

        Assert.Equal(findings, CauseChain.Link([blocking, Waiting(waiting)], Heard(1)).Count);
    }

    [Fact]
    public void Link_waitingForALock_explainsNothingOfAnotherService() => Assert.Equal(
        2, CauseChain.Link([Found(BottleneckType.BlockingOperation, 60, "quotes"), Waiting(5)], Heard(1)).Count);

    [Fact]
    public void Link_threadsHeldByTwoServicesAtOneLock_areOneFinding() => Assert.Single(CauseChain.Link(
        [Found(BottleneckType.BlockingOperation, 60), Found(BottleneckType.BlockingOperation, 50, "quotes"), Waiting(5)], Heard(0.5)));

    [Fact]
    public void Link_waitingForACpu_followsFromWhoKeepsItBusy_andWaitingForALockDoesNot()
    {
        Bottleneck busy = Found(BottleneckType.CpuIntensive, 40, "quotes");

        Assert.Equal(busy.Type, Assert.Single(CauseChain.Link([Found(BottleneckType.ResourceContention, 50), busy], Observed.Nothing)).Type);
        Assert.Equal(2, CauseChain.Link([Waiting(2), busy], Observed.Nothing).Count);
    }

    [Theory]
    [InlineData(MeasureUnit.Seconds, 1)]
    [InlineData(MeasureUnit.Percent, 2)] // it fails
    public void Link_aStarvedPool_explainsSlowOperationsAndNoFailures(MeasureUnit unit, int findings)
    {
        Bottleneck operation = Found(BottleneckType.SlowOperation, 60, "checkout") with { Evidence = [new Evidence("of the operation", 50, unit, 5)] };

        Assert.Equal(findings, CauseChain.Link([Found(BottleneckType.ThreadPoolStarvation, 80, Observed.Application), operation], Observed.Nothing).Count);
    }

    [Fact]
    public void All_followedFromCauseToEffect_neverLeadsBack()
    {
        var ends = new Dictionary<BottleneckType, int>();
        int Depth(BottleneckType type, int above)
        {
            Assert.True(above < 20, $"{type} leads back to itself.");
            return CauseRule.All.Where(rule => rule.Cause == type).Select(rule => Depth(rule.Effect, above + 1)).DefaultIfEmpty(above).Max();
        }

        foreach (BottleneckType type in Enum.GetValues<BottleneckType>())
            ends[type] = Depth(type, 0);
        Assert.Equal(0, ends[BottleneckType.SlowOperation]);
    }

    private static Bottleneck Waiting(double threads) => LockContention.Of(
        Observed.Samples(_ => new Sampling.ResourceSample { LockWaitThreads = threads }).WaitedForLocks(("orders", 1)), new Thresholds()).Found!;

    private static Observations Heard(double ofOrders) => Observed.Nothing.WaitedForLocks(("orders", ofOrders), ("quotes", 1 - ofOrders));

    private static Bottleneck Found(BottleneckType type, double score, string service = "orders") => Bottleneck.Of(
        Rule.MemoryLeak, type, service, score, 1, $"{type} in {service}.", new Evidence("figure", 1, MeasureUnit.Count));
}
