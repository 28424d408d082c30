using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class StartupActivitiesTests : IDisposable
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly string _application = $"activities {Guid.NewGuid():N}";
    private readonly ManualClock _clock = new();
    private readonly StartupTracker _tracker;
    private readonly List<Activity> _stopped = [];
    private readonly ActivityListener _listener;

    public StartupActivitiesTests()
    {
        _tracker = new StartupTracker(_clock);
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PerfKit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (_stopped)
                    _stopped.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task AuditStartup_withTheOption_replaysRecordsAsSpansOnce()
    {
        StartUp();
        using PerformanceAuditor auditor = Auditor(isOn: true);
        using var present = new Activity("a request").Start();

        await auditor.AuditStartupPerformanceAsync();
        await auditor.AuditStartupPerformanceAsync();

        Assert.Same(present, Activity.Current);
        Activity whole = Span("perfkit.startup");
        Activity[] spans = _stopped.Where(span => span.TraceId == whole.TraceId).ToArray();
        Assert.Equal(["cache", "database", "host", "perfkit.startup", "read schema"], spans.Select(span => span.OperationName).Order());
        Assert.Equal(default, whole.ParentSpanId);
        Assert.Equal((Noon, TimeSpan.FromMilliseconds(65)), (whole.StartTimeUtc, whole.Duration));

        Activity host = spans.Single(span => span.OperationName == "host"), database = spans.Single(span => span.OperationName == "database");
        Activity cache = spans.Single(span => span.OperationName == "cache"), schema = spans.Single(span => span.OperationName == "read schema");
        Assert.Equal((whole.SpanId, host.SpanId, host.SpanId, database.SpanId), (host.ParentSpanId, database.ParentSpanId, cache.ParentSpanId, schema.ParentSpanId));
        Assert.Equal((Noon.AddMilliseconds(5), TimeSpan.FromMilliseconds(40)), (database.StartTimeUtc, database.Duration));
        Assert.Equal((Noon.AddMilliseconds(15), TimeSpan.FromMilliseconds(30)), (schema.StartTimeUtc, schema.Duration));
        Assert.Equal(database.SpanId, Assert.Single(cache.Links).Context.SpanId);

        Assert.Equal("essential", database.GetTagItem("perfkit.service.type"));
        Assert.Equal(true, database.GetTagItem("perfkit.startup.on_critical_path"));
        Assert.Equal(0.04, database.GetTagItem("perfkit.startup.on_critical_path.time"));
        Assert.Equal(0.025, host.GetTagItem("perfkit.startup.self") as double? ?? 0, 0.02);
        Assert.Equal("failed", cache.GetTagItem("perfkit.startup.outcome"));
        Assert.Equal(ActivityStatusCode.Error, cache.Status);
    }

    [Fact]
    public void Export_ofARecordWhoseTimeWasMeasured_tellsWhatItWasMadeOf()
    {
        var made = new StartupComposition { Wall = TimeSpan.FromSeconds(2), Cpu = TimeSpan.FromSeconds(0.5), Jit = TimeSpan.FromSeconds(0.25), Blocked = TimeSpan.FromSeconds(1.25), JitMethods = 7 };
        StartUp();
        StartupSnapshot startup = _tracker.Snapshot();
        startup = startup with { Records = [startup.Records[0] with { Self = made }] };
        using var source = new ActivitySource("PerfKit");

        StartupActivities.Export(source, _application, startup, CriticalPath.Of(startup));

        Activity whole = Span("perfkit.startup");
        Activity host = _stopped.Single(span => span.TraceId == whole.TraceId && span != whole);
        Assert.Equal((0.5, 0.25, 1.25, 7L), (host.GetTagItem("perfkit.startup.cpu"), host.GetTagItem("perfkit.startup.jit"), host.GetTagItem("perfkit.startup.blocked"), host.GetTagItem("perfkit.startup.jit.methods")));
        Assert.Null(host.GetTagItem("perfkit.startup.awaiting")); // unknown is not zero
    }

    [Fact]
    public async Task AuditStartup_withoutTheOption_exportsNothing()
    {
        StartUp();
        using PerformanceAuditor auditor = Auditor(isOn: false);

        await auditor.AuditStartupPerformanceAsync();

        Assert.DoesNotContain(_stopped, span => Equals(span.GetTagItem("perfkit.application"), _application));
    }

    [Fact]
    public async Task AuditStartup_beforeReady_waitsForTheEndOfTheStart()
    {
        _tracker.Begin("host").Dispose();
        using PerformanceAuditor auditor = Auditor(isOn: true);

        await auditor.AuditStartupPerformanceAsync();
        Assert.DoesNotContain(_stopped, span => Equals(span.GetTagItem("perfkit.application"), _application));
        _tracker.MarkReady();
        await auditor.AuditStartupPerformanceAsync();

        Assert.NotNull(Span("perfkit.startup"));
    }

    [Fact]
    public async Task AuditStartup_ofMoreRecordsThanAreExported_countsTheRest()
    {
        for (int i = 0; i < StartupActivities.MostRecords + 3; i++)
            _tracker.Begin("service").Dispose();
        _tracker.MarkReady();
        using PerformanceAuditor auditor = Auditor(isOn: true);

        await auditor.AuditStartupPerformanceAsync();

        Activity whole = Span("perfkit.startup");
        Assert.Equal(3L, whole.GetTagItem("perfkit.startup.dropped_records"));
        Assert.Equal(StartupActivities.MostRecords, _stopped.Count(span => span.TraceId == whole.TraceId && span != whole));
    }

    private void StartUp()
    {
        using (_tracker.Begin("host"))
        {
            _clock.Advance(5);
            using (StartupScope database = _tracker.Begin("database"))
            {
                _clock.Advance(10);
                using (database.BeginDependency("read schema"))
                    _clock.Advance(30);
            }
            using (StartupScope cache = _tracker.Begin("cache", ServiceType.Optional))
            {
                cache.AddDependency("database");
                cache.Fail(new InvalidOperationException("no"));
                _clock.Advance(20);
            }
        }
        _tracker.MarkReady();
    }

    private Activity Span(string name)
    {
        lock (_stopped)
            return _stopped.Single(span => span.OperationName == name && Equals(span.GetTagItem("perfkit.application"), _application));
    }

    private PerformanceAuditor Auditor(bool isOn) => new(
        new PerformanceAuditorOptions { ApplicationName = _application, ExportStartupActivities = isOn },
        new AuditorServices { Tracker = _tracker });
}
