using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

/// <summary>Real threads, a real lock, and the runtime's own events.</summary>
public sealed class WaitWatchTests
{
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(40);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Observe_threadsAtALock_namesTheHolder(bool isMonitor)
    {
        string holder = $"watch.holder {isMonitor}", waiter = $"watch.waiter {isMonitor}";
        object monitor = new();
        Lock modern = new();
        WaitTable table = Watch(() => Meet(holder, waiter, work =>
        {
            if (isMonitor)
            {
                lock (monitor)
                    work();
            }
            else
            {
                lock (modern)
                    work();
            }
        }), seen => seen.Blames.Any(blame => blame.Victim == waiter && blame.Culprit == holder && blame.Total >= Held / 2));

        WaitBlame blame = table.Blames.Single(blame => blame.Victim == waiter && blame.Culprit == holder);
        Assert.Equal(WaitKind.Lock, blame.Kind);
        Assert.True(blame.Total >= Held / 2, $"{blame.Total}");
        Assert.True(blame.Longest <= blame.Total && blame.Longest > TimeSpan.Zero);
        Assert.True(blame.Total > table.Blames.Where(other => other.Victim == waiter && other.Culprit != holder).Sum(other => other.Total));
        Assert.True(table.LockWaitsHeard >= blame.Count);
        Assert.True(table.Watched > TimeSpan.Zero);
    }

    [Fact]
    public void Observe_holderInAnInnerService_namesTheInner()
    {
        object gate = new();
        WaitTable table = Watch(
            () => Meet("watch.outer", "watch.queue", work =>
            {
                lock (gate)
                {
                    using (ServiceContext.Enter("watch.inner"))
                        work();
                }
            }),
            seen => seen.Blames.Any(blame => blame is { Victim: "watch.queue", Culprit: "watch.inner" } && blame.Total >= Held / 2));

        Assert.Contains(table.Blames, blame => blame is { Victim: "watch.queue", Culprit: "watch.inner" });
    }

    [Fact]
    public void Observe_withoutAsking_seesWhatOthersAskFor()
    {
        var watch = new WaitWatch();
        using WaitObservation idle = watch.Observe(isAsking: false);
        using WaitObservation early = watch.Observe(isAsking: false);
        Assert.Null(early.Finish());

        using (watch.Observe(isAsking: true))
        {
            using WaitObservation late = watch.Observe(isAsking: false);
            Assert.NotNull(late.Finish());
        }

        TimeSpan watched = idle.Finish()!.Watched;
        Assert.True(watched > TimeSpan.Zero);
        Assert.Equal(watched, idle.Finish()!.Watched); // it is over
    }

    [Fact]
    public async Task WatchWaits_duringAnAudit_isInItsReport()
    {
        using var auditor = new PerformanceAuditor(new PerformanceAuditorOptions { SamplingInterval = TimeSpan.FromMilliseconds(50) });
        using var cancel = new CancellationTokenSource();

        Task<WaitTable> watch = auditor.WatchWaitsAsync(TimeSpan.FromHours(1), cancel.Token);
        RuntimeReport watched = await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(100));
        await cancel.CancelAsync();
        WaitTable table = await watch;

        Assert.True(table.Watched >= TimeSpan.FromMilliseconds(90));
        Assert.True(watched.Waits!.Watched <= table.Watched);
        Assert.Null(auditor.RecentWaits);
    }

    [Fact]
    public async Task AuditRuntime_asConfigured_watchesOrNot()
    {
        using var quiet = new PerformanceAuditor(new PerformanceAuditorOptions());
        using var watching = new PerformanceAuditor(new PerformanceAuditorOptions { WaitWatching = WaitWatching.DuringAudits });

        RuntimeReport report = await watching.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(50));

        Assert.NotNull(report.Waits);
        Assert.Equal(WaitWatching.OnDemand, quiet.Options.WaitWatching);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((36_000L * 1_000_000) + 1)]
    public async Task WatchWaits_durationOutOfRange_isRefused(long ticks)
    {
        using var auditor = new PerformanceAuditor();

        ArgumentOutOfRangeException refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => auditor.WatchWaitsAsync(TimeSpan.FromTicks(ticks)));
        Assert.Contains("Allowed: above zero, up to 1 hour.", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Watches a meeting, again and again on a busy machine, until what is expected was seen.</summary>
    private static WaitTable Watch(Action meet, Predicate<WaitTable> isDone)
    {
        var watch = new WaitWatch();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using WaitObservation observation = watch.Observe(isAsking: true);
            meet();
            using var heard = new ManualResetEventSlim();
            heard.Wait(50); // the events come late
            WaitTable table = observation.Finish()!;
            if (isDone(table) || clock.Elapsed > TimeSpan.FromSeconds(30))
                return table;
        }
    }

    private static void Meet(string holder, string waiter, Action<Action> underLock)
    {
        using var taken = new ManualResetEventSlim();
        var first = new Thread(() =>
        {
            using (ServiceContext.Enter(holder))
                underLock(() => { taken.Set(); SpinFor(Held); });
        });
        var second = new Thread(() =>
        {
            taken.Wait();
            using (ServiceContext.Enter(waiter))
                underLock(static () => { });
        });
        first.Start();
        second.Start();
        first.Join();
        second.Join();
    }

    private static void SpinFor(TimeSpan time)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
            Thread.SpinWait(50);
    }
}

file static class Sums
{
    public static TimeSpan Sum<T>(this IEnumerable<T> things, Func<T, TimeSpan> time) => things.Aggregate(TimeSpan.Zero, (sum, thing) => sum + time(thing));
}
