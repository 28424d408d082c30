using System.Diagnostics;

namespace PerfKit.Instrumentation.Tests;

public sealed class ActivityUsageTests : IDisposable
{
    private const int Bytes = 1 << 20;

    private readonly ActivitySource _source = new("PerfKit.Tests." + Guid.NewGuid());
    private readonly ActivityListener _recording;
    private readonly IDisposable _tagging;

    public ActivityUsageTests()
    {
        _tagging = ActivityUsage.Attach(source => source == _source);
        _recording = new ActivityListener
        {
            ShouldListenTo = source => source == _source,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Name == "unrecorded" ? ActivitySamplingResult.PropagationData : ActivitySamplingResult.AllData,
        };
    }

    public void Dispose()
    {
        _tagging.Dispose();
        _recording.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task Stop_afterWorkAcrossAwaits_tagsWhatTheSpanUsed()
    {
        ActivitySource.AddActivityListener(_recording);
        Activity span = _source.StartActivity("work")!;
        Work.Burn(TimeSpan.FromMilliseconds(20));
        await Task.Yield();
        Work.Burn(TimeSpan.FromMilliseconds(20));
        GC.KeepAlive(new byte[Bytes]);
        using (var never = new ManualResetEventSlim(initialState: false, spinCount: 0)) // what spins on a busy machine waits for a CPU
            never.Wait(60);
        span.Stop();

        Assert.InRange((long)span.GetTagItem(ActivityUsage.AllocatedTag)!, Bytes, Bytes + 200_000);
        if (!OperatingSystem.IsLinux())
            return;
        Assert.InRange(Milliseconds(span, ActivityUsage.CpuTag), 39, 60);
        Assert.InRange(Milliseconds(span, ActivityUsage.BlockedTag), 30, 5_000);
    }

    [Fact]
    public void Attach_twice_tagsWhatTheSpanUsedAllTheSame()
    {
        using IDisposable again = ActivityUsage.Attach(source => source == _source);
        ActivitySource.AddActivityListener(_recording);
        Activity span = _source.StartActivity("twice")!;
        GC.KeepAlive(new byte[Bytes]);
        span.Stop();

        Assert.InRange((long)span.GetTagItem(ActivityUsage.AllocatedTag)!, Bytes, Bytes + 200_000);
        Assert.Null(Flow.CurrentLive?.Span);
    }

    [Fact]
    public void Attach_filterThatThrows_doesNotReachWhoMakesASource()
    {
        string name = "PerfKit.Tests.Refused." + Guid.NewGuid();
        using IDisposable tagging = ActivityUsage.Attach(source => source.Name == name || source == _source ? throw new InvalidOperationException("refused") : false);

        using var source = new ActivitySource(name);

        Assert.False(source.HasListeners());
    }

    [Fact]
    public Task Dispose_beforeSpansStop_leavesNothingOfThemInTheFlow() => Task.Run(() =>
    {
        ActivitySource.AddActivityListener(_recording);
        for (int i = 0; i < 100; i++)
        {
            using IDisposable tagging = ActivityUsage.Attach(source => source == _source);
            Activity span = _source.StartActivity("detached")!;
            _tagging.Dispose();
            tagging.Dispose();
            span.Stop();
        }

        Assert.Null(Flow.CurrentLive);
    });

    [Fact]
    public Task Start_ofSpansThatNeverStop_keepsABoundedFlow() => Task.Run(() =>
    {
        ActivitySource.AddActivityListener(_recording);
        for (int i = 0; i < 2_000; i++)
        {
            Activity.Current = null;
            _source.StartActivity("never stopped");
        }

        int kept = 0;
        for (Flow? flow = Flow.Current; flow is not null; flow = flow.Outer)
            kept++;
        Assert.InRange(kept, 1, 256);
    });

    [Fact]
    public void Stop_ofANestedSpan_leavesItsFiguresOutOfTheOuter()
    {
        ActivitySource.AddActivityListener(_recording);
        Activity outer = _source.StartActivity("outer")!;
        Activity inner = _source.StartActivity("inner")!;
        GC.KeepAlive(new byte[Bytes]);
        inner.Stop();
        outer.Stop();

        Assert.InRange((long)inner.GetTagItem(ActivityUsage.AllocatedTag)!, Bytes, Bytes + 200_000);
        Assert.InRange((long)outer.GetTagItem(ActivityUsage.AllocatedTag)!, 0, 200_000);
    }

    [Fact]
    public void Stop_beforeAContextInsideEnds_tagsAndLeavesTheContextCharged()
    {
        ActivitySource.AddActivityListener(_recording);
        Activity span = _source.StartActivity("early")!;
        using (ServiceContext.Enter("span.inside"))
        {
            GC.KeepAlive(new byte[Bytes]);
            span.Stop();
            Assert.Equal("span.inside", ServiceContext.Current);
        }

        Assert.Null(ServiceContext.Current);
        Assert.InRange((long)span.GetTagItem(ActivityUsage.AllocatedTag)!, Bytes, Bytes + 200_000);
    }

    [Fact]
    public void StartActivity_thatNobodyRecords_isNeitherMadeNorTagged()
    {
        Assert.Null(_source.StartActivity("nobody"));

        ActivitySource.AddActivityListener(_recording);
        Activity passed = _source.StartActivity("unrecorded")!;
        passed.Stop();

        Assert.Null(passed.GetTagItem(ActivityUsage.AllocatedTag));
    }

    [Fact]
    public void Dispose_ofTheTagging_endsIt()
    {
        ActivitySource.AddActivityListener(_recording);
        _tagging.Dispose();
        Activity span = _source.StartActivity("later")!;
        span.Stop();

        Assert.Null(span.GetTagItem(ActivityUsage.AllocatedTag));
    }

    private static double Milliseconds(Activity span, string tag) => (double)span.GetTagItem(tag)!;
}
