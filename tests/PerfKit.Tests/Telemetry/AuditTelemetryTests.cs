using System.Diagnostics;
using System.Diagnostics.Metrics;
using PerfKit.Instrumentation;

namespace PerfKit.Tests;

public sealed class AuditTelemetryTests
{
    [Fact]
    public async Task Instruments_haveTheConventionsNamesAndUnits()
    {
        var tracker = new StartupTracker();
        using (tracker.Begin("service")) { }
        using (ServiceContext.Enter("telemetry test")) { }
        var options = new PerformanceAuditorOptions { SamplingInterval = TimeSpan.FromMilliseconds(20) };
        options.Thresholds.StartupSlow = TimeSpan.FromMilliseconds(1);
        using var auditor = new PerformanceAuditor(options, new AuditorServices { Tracker = tracker });
        var units = new Dictionary<string, string?>();
        var seen = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "PerfKit")
                {
                    units[instrument.Name] = instrument.Unit;
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => seen.Add(instrument.Name));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => seen.Add(instrument.Name));
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => seen.Add(instrument.Name));
        listener.Start();

        await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(80));
        listener.RecordObservableInstruments();

        Assert.Equal("s", units["process.cpu.time"]);
        Assert.Equal("1", units["process.cpu.utilization"]);
        Assert.Equal("By", units["process.memory.usage"]);
        Assert.Equal("{thread}", units["process.thread.count"]);
        Assert.Superset(
            new HashSet<string> { "process.cpu.time", "process.memory.usage", "perfkit.startup.duration", "perfkit.audit.duration", "perfkit.service.cpu.time" },
            seen);
    }

    [Fact]
    public async Task Audits_areSpans()
    {
        var names = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "PerfKit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (names)
                    names.Add(activity.OperationName);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var auditor = new PerformanceAuditor(new PerformanceAuditorOptions(), new AuditorServices { Tracker = new StartupTracker() });

        await auditor.AuditStartupPerformanceAsync();

        Assert.Contains("perfkit.audit startup", names);
    }
}
