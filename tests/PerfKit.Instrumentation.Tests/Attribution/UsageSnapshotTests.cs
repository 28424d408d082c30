using System.Diagnostics;
using System.Reflection;

namespace PerfKit.Instrumentation.Tests;

public sealed class UsageSnapshotTests
{
    [Theory]
    [InlineData(-3_600)]
    [InlineData(3_600)]
    public void Since_wallClockWasSetMeanwhile_hasTheTimeThatPassed(int setBySeconds)
    {
        var time = new SetClock();
        UsageSnapshot before = UsageSnapshot.Take(time);
        time.Advance(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(setBySeconds));

        Assert.Equal(TimeSpan.FromSeconds(10), UsageSnapshot.Take(time).Since(before).Window);
    }

    [Fact]
    public void Since_ofALaterSnapshot_isNeverNegative()
    {
        UsageSnapshot before = UsageSnapshot.Take();
        using (ServiceContext.Enter("snapshot.later"))
            Work.Burn(TimeSpan.FromMilliseconds(2));
        UsageSnapshot after = UsageSnapshot.Take();
        using (ServiceContext.Enter("snapshot.later"))
            Work.Burn(TimeSpan.FromMilliseconds(2));
        UsageSnapshot last = UsageSnapshot.Take();

        UsageSnapshot window = after.Since(last);

        Assert.DoesNotContain(window.Services, usage => usage.Service == "snapshot.later"); // idle
        Assert.Equal(TimeSpan.Zero, window.Window);
        Assert.True(before.Since(last) is { OwnIoOperations: >= 0, OwnIoBytes: >= 0 });
    }

    // A reader waits for a thread that was interrupted while it changed its books: else its slice would be missing from one sum.
    [TimedFact]
    public void Take_whileAThreadIsInTheMiddleOfASwitch_hasItsSlice()
    {
        using var entered = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        ThreadLedger? ledger = null;
        var busy = new Thread(() =>
        {
            using (ServiceContext.Enter("snapshot.interrupted"))
            {
                ledger = ThreadLedger.OfThread();
                entered.Set();
                leave.Wait();
            }
        });
        busy.Start();
        entered.Wait();
        SpinWait.SpinUntil(() => false, 50);
        UsageSnapshot.Take(); // compiled by now: the next one comes to the thread at once
        FieldInfo version = typeof(ThreadLedger).GetField("_version", BindingFlags.NonPublic | BindingFlags.Instance)!;
        int even = (int)version.GetValue(ledger)!;
        version.SetValue(ledger, even + 1);
        var books = (Lock)typeof(ThreadLedger).GetField("Registration", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        var resumed = new Thread(() =>
        {
            long until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 4);
            while (Stopwatch.GetTimestamp() < until && books.TryEnter())
                books.Exit(); // nobody reads
            Work.Burn(TimeSpan.FromMilliseconds(3));
            version.SetValue(ledger, even);
        });
        resumed.Start();

        ServiceUsage usage = UsageSnapshot.Take().Services.Single(usage => usage.Service == "snapshot.interrupted");
        resumed.Join();
        leave.Set();
        busy.Join();

        if (OperatingSystem.IsLinux())
            Assert.True(usage.Cpu + usage.QueuedForCpu.GetValueOrDefault() + usage.Blocked >= TimeSpan.FromMilliseconds(45), $"{usage}");
    }

    private sealed class SetClock : TimeProvider
    {
        private TimeSpan _passed, _setBy;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _passed.Ticks;

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + _passed + _setBy;

        public void Advance(TimeSpan time, TimeSpan setBy) => (_passed, _setBy) = (_passed + time, setBy);
    }
}
