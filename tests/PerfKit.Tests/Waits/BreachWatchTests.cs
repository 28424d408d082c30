using PerfKit.Analysis;
using PerfKit.Sampling;

namespace PerfKit.Tests;

public sealed class BreachWatchTests : IDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);
    private static readonly ResourceSample Calm = new() { LockWaitThreads = 0, GcPausePercent = 0 };
    private static readonly ResourceSample Broken = new() { LockWaitThreads = 3 };

    private readonly ManualClock _time = new();
    private readonly WaitWatch _watch = new();
    private readonly Thresholds _limits = new();
    private readonly List<WaitTable> _seen = [];
    private readonly BreachWatch _breaches;
    private int _watches;

    public BreachWatchTests() => _breaches = new BreachWatch(Duration, _time, Observe, _seen.Add);

    public void Dispose() => _breaches.Dispose();

    [Fact]
    public void OnSampled_belowEveryLimit_watchesNothing()
    {
        for (int second = 0; second < 100; second++)
            Sample(Calm);

        Assert.Equal(0, _watches);
    }

    [Fact]
    public void OnSampled_aLimitBroken_watchesForTheTimeAndRestsNineTimesAsLong()
    {
        for (int second = 0; second < 100; second++)
            Sample(Broken);
        Assert.Equal((1, 1), (_watches, _seen.Count));

        Sample(Broken); // 100 s after the first began

        Assert.Equal((2, 1), (_watches, _seen.Count));
    }

    [Fact]
    public void Dispose_whileItWatches_endsTheWatch()
    {
        Sample(Broken);
        _breaches.Dispose();
        Sample(Broken);

        Assert.Equal((1, 1), (_watches, _seen.Count));
    }

    [Theory]
    [InlineData(0.49, 99, 9.9, false)]
    [InlineData(0.5, 0, 0, true)]
    [InlineData(0, 100, 0, true)]
    [InlineData(0, 0, 10.0, true)]
    public void IsBroken_atEachLimit_holdsFromItOn(double lockWaitThreads, int queueDelayMilliseconds, double gcPausePercent, bool isBroken) =>
        Assert.Equal(isBroken, BreachWatch.IsBroken(
            new ResourceSample { LockWaitThreads = lockWaitThreads, ThreadPoolQueueDelay = TimeSpan.FromMilliseconds(queueDelayMilliseconds), GcPausePercent = gcPausePercent },
            _limits));

    [Fact]
    public void IsBroken_figuresMissing_isNot() => Assert.False(BreachWatch.IsBroken(default, _limits));

    private void Sample(in ResourceSample sample)
    {
        _breaches.OnSampled(sample, _limits);
        _time.Advance(milliseconds: 1_000);
    }

    private WaitObservation Observe()
    {
        _watches++;
        return _watch.Observe(isAsking: true);
    }
}
