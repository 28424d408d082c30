using FsCheck;

namespace PerfKit.Instrumentation.Tests;

/// <summary>Random programs on a machine that is only played, beside a model that counts every tick of them.</summary>
public sealed class StartupBookTests
{
    // Whether queued time can be told is found out with a thread's first ledger; no other test may have needed one so far.
    public StartupBookTests() => _ = ThreadLedger.OfThread();

    [Fact]
    public void Move_inAnyProgram_tellsEachPartOfEachScopeExactly() =>
        Prop.ForAll(Arb.From(Arb.Generate<int[]>()), program =>
        {
            var machine = new PlayedMachine(endsElsewhere: false);
            foreach (StartupRecord record in machine.Run(program))
            {
                PlayedScope model = machine.Scopes[record.Id];
                StartupComposition self = record.Self!;
                Assert.Equal(model.Parts, Parts(self));
                Assert.Equal(model.Awaiting, self.Awaiting!.Value.Ticks);
                Assert.Equal(0, self.Unknown.Ticks);
                Assert.Equal(self.Wall, self.SumOfParts());
                Assert.Equal(model.Idle, record.Inclusive!.Awaiting!.Value.Ticks);
                Assert.Equal(0, record.Inclusive.Unknown.Ticks);
                Assert.Equal(record.Inclusive.Wall, record.Inclusive.SumOfParts());
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Move_whereOtherThreadsEndScopes_stillAddsUp() =>
        Prop.ForAll(Arb.From(Arb.Generate<int[]>()), program =>
        {
            foreach (StartupRecord record in new PlayedMachine(endsElsewhere: true).Run(program))
            {
                // Cutting a slice where its scope ended rounds each of its parts.
                long room = (record.Self!.Wall.Ticks / 50) + (5L * program.Length);
                Assert.InRange(record.Self.SumOfParts().Ticks, record.Self.Wall.Ticks - room, record.Self.Wall.Ticks + room);
                Assert.InRange(record.Self.Unknown.Ticks, 0, room);
                Assert.InRange(record.Inclusive!.SumOfParts().Ticks, record.Inclusive.Wall.Ticks - room, record.Inclusive.Wall.Ticks + room);
            }
        }).QuickCheckThrowOnFailure();

    private static long[] Parts(StartupComposition self) =>
        [self.Cpu!.Value.Ticks, self.Jit!.Value.Ticks, self.GcPause!.Value.Ticks, self.QueuedForCpu?.Ticks ?? 0, self.Blocked!.Value.Ticks];
}
