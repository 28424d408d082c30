using FsCheck;

namespace PerfKit.Tests;

public sealed class LockChronicleTests
{
    private const ulong Till = 7, Stock = 8;
    private const int Ann = 1, Bob = 2, Cid = 3, Dora = 4;

    private readonly List<LockWait> _waits = [];
    private readonly LockChronicle _chronicle;

    public LockChronicleTests() => _chronicle = new LockChronicle(_waits.Add);

    [Fact]
    public void End_ofAWaitForOneHolder_isAllForThat()
    {
        _chronicle.Begin(Bob, 100, Till, Ann);
        _chronicle.End(Bob, 180, 80);

        LockWait wait = Assert.Single(_waits);
        Assert.Equal((Bob, 100, 180), (wait.Thread, wait.From, wait.Until));
        Assert.Equal([new LockHold(Ann, 100, 180)], wait.Holds);
    }

    [Fact]
    public void End_ofAWaitFromBeforeListeningBegan_countsFromThere()
    {
        _chronicle.Open(100);
        _chronicle.End(Bob, 180, 5_000);

        Assert.Equal([new LockHold(0, 100, 180)], Assert.Single(_waits).Holds);
    }

    [Fact]
    public void End_ofAWaitThatWentOnWhileListeningPaused_countsNoTimeTwice()
    {
        _chronicle.Open(0);
        _chronicle.Begin(Bob, 100, Till, Ann);
        _chronicle.Close(150);
        _chronicle.Open(400);
        _chronicle.End(Bob, 500, 400);

        Assert.Equal([(100L, 150L), (400L, 500L)], _waits.Select(wait => (wait.From, wait.Until)));
    }

    [Fact]
    public void End_afterAnotherGotTheLockBetween_isDividedAmongBoth()
    {
        _chronicle.Begin(Bob, 100, Till, Ann);
        _chronicle.Begin(Cid, 110, Till, Ann);
        _chronicle.End(Bob, 150, 50);
        _chronicle.End(Cid, 190, 80);

        Assert.Equal([new LockHold(Ann, 110, 150), new LockHold(Bob, 150, 190)], _waits[1].Holds);
    }

    [Fact]
    public void End_withoutAKnownOwner_isForTheOneThatWasSeenNext()
    {
        _chronicle.Begin(Bob, 100, Till, 0);
        _chronicle.Begin(Cid, 120, Till, Ann);
        _chronicle.End(Bob, 150, 50);

        Assert.Equal([new LockHold(Ann, 100, 150)], _waits[0].Holds);
    }

    [Fact]
    public void End_ownerNotNotedYet_isForTheOneThatJustGotIt()
    {
        _chronicle.Begin(Bob, 100, Till, Ann);
        _chronicle.End(Bob, 150, 50);
        _chronicle.Begin(Ann, 160, Till, 0); // the runtime has not noted Bob yet
        _chronicle.End(Ann, 200, 40);

        Assert.Equal([new LockHold(Bob, 160, 200)], _waits[1].Holds);
    }

    [Fact]
    public void End_whereNobodyIsKnown_isUnknown()
    {
        _chronicle.Begin(Bob, 100, Till, 0);
        _chronicle.End(Bob, 150, 50);
        _chronicle.End(Cid, 170, 30); // its begin was not heard

        Assert.Equal([new LockHold(0, 100, 150)], _waits[0].Holds);
        Assert.Equal((Cid, 140, 170), (_waits[1].Thread, _waits[1].From, _waits[1].Until));
        Assert.Equal([new LockHold(0, 140, 170)], _waits[1].Holds);
    }

    [Fact]
    public void End_holderItselfWaitedForAnother_isForThatOne()
    {
        _chronicle.Begin(Bob, 100, Stock, Ann);   // Bob has the till, and needs the stock, which Ann has
        _chronicle.Begin(Cid, 120, Till, Bob);
        _chronicle.End(Bob, 180, 80);
        _chronicle.End(Cid, 200, 80);

        Assert.Equal([new LockHold(Ann, 120, 180), new LockHold(Bob, 180, 200)], _waits[1].Holds);
    }

    [Fact]
    public void End_chainOfThreeHolders_isForTheLast()
    {
        const ulong Door = 9;
        _chronicle.Begin(Bob, 100, Stock, Ann);
        _chronicle.Begin(Cid, 110, Till, Bob);
        _chronicle.Begin(Dora, 120, Door, Cid);
        _chronicle.End(Bob, 200, 100);
        _chronicle.End(Cid, 201, 91);
        _chronicle.End(Dora, 202, 82);

        Assert.Equal([new LockHold(Ann, 120, 200), new LockHold(Bob, 200, 201), new LockHold(Cid, 201, 202)], _waits[2].Holds);
    }

    [Fact]
    public void Close_waitsThatGoOn_endWithTheirChains()
    {
        _chronicle.Begin(Cid, 100, Till, Bob);
        _chronicle.Begin(Bob, 110, Stock, Ann);
        _chronicle.Close(150);

        Assert.Equal([new LockHold(Bob, 100, 110), new LockHold(Ann, 110, 150)], _waits.Single(wait => wait.Thread == Cid).Holds);
        Assert.Equal([new LockHold(Ann, 110, 150)], _waits.Single(wait => wait.Thread == Bob).Holds);
        _chronicle.Close(200);
        Assert.Equal(2, _waits.Count);
    }

    [Fact]
    public void Close_ofADeadlock_ends()
    {
        _chronicle.Begin(Ann, 100, Till, Bob);
        _chronicle.Begin(Bob, 110, Stock, Ann);
        _chronicle.Close(150);

        Assert.Equal(2, _waits.Count);
        Assert.All(_waits, wait => Assert.Equal(wait.Until - wait.From, wait.Holds.Sum(hold => hold.Ticks)));
    }

    [Fact]
    public void Begin_moreLocksThanItKeeps_makesRoomOnlyAmongThoseNobodyWaitsFor()
    {
        _chronicle.Begin(Bob, 0, Till, Ann);
        for (int i = 0; i < 3 * LockChronicle.MostLocks; i++)
        {
            _chronicle.Begin(Cid, i, 1_000 + (ulong)i, Dora);
            _chronicle.End(Cid, i + 1, 1);
        }
        _chronicle.End(Bob, 100_000, 100_000);

        Assert.Equal([new LockHold(Ann, 0, 100_000)], _waits[^1].Holds);
        Assert.All(_waits.SkipLast(1), wait => Assert.Equal(Dora, wait.Holds.Single().Thread));
    }

    [Fact]
    public void Begin_moreThreadsThanItKeeps_leavesFurtherOnesUnknown()
    {
        for (int thread = 1; thread <= LockChronicle.MostWaiting + 1; thread++)
            _chronicle.Begin(1_000 + thread, thread, Till, Ann);
        _chronicle.End(1_001 + LockChronicle.MostWaiting, 10_000, 5_000);
        _chronicle.End(1_001, 10_001, 10_000);

        Assert.Equal(0, _waits[0].Holds.Single().Thread);
        Assert.Equal(Ann, _waits[1].Holds[0].Thread);
    }

    [Fact]
    public void Waits_ofAnyProgram_areDividedWithoutGapsOrOverlaps()
    {
        Prop.ForAll<byte[], byte[]>((whats, whos) =>
        {
            _waits.Clear();
            var chronicle = new LockChronicle(_waits.Add);
            long at = 0;
            foreach ((byte what, byte who) in whats.Zip(whos)) // a thread, a lock and an owner, or the end of a wait
            {
                at += 3;
                if (what % 2 == 0)
                    chronicle.Begin(1 + (who % 5), at, 1 + ((ulong)what / 2 % 3), who / 5 % 6);
                else
                    chronicle.End(1 + (who % 5), at, 2);
            }
            chronicle.Close(at + 3);

            foreach (LockWait wait in _waits)
            {
                Assert.Equal(wait.From, wait.Holds[0].From);
                Assert.Equal(wait.Until, wait.Holds[^1].Until);
                Assert.All(wait.Holds, hold => Assert.True(hold.Ticks > 0));
                Assert.All(wait.Holds.Zip(wait.Holds.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
            }
        }).QuickCheckThrowOnFailure();
    }
}
