using System.Diagnostics;
using System.Diagnostics.Metrics;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>
/// The auditor as others see it: a <see cref="Meter"/> and an <see cref="ActivitySource"/> named <c>PerfKit</c>. Names and
/// units follow OpenTelemetry's semantic conventions for processes; what they do not name is under <c>perfkit.</c>.
/// Nothing is computed unless somebody listens.
/// </summary>
internal sealed class AuditTelemetry : IDisposable
{
    public const string Name = "PerfKit";

    private static readonly ActivitySource Source = new(Name);

    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Histogram<double> _auditDuration;
    private readonly ResourceSampler _sampler;
    private readonly StartupTracker _tracker;
    private IReadOnlyList<Bottleneck> _lastFound = [];
    private TimeSpan? _finishedStartup;

    public AuditTelemetry(ResourceSampler sampler, StartupTracker tracker, IMeterFactory? factory)
    {
        _sampler = sampler;
        _tracker = tracker;
        _ownsMeter = factory is null;
        _meter = factory?.Create(Name) ?? new Meter(Name);
        _auditDuration = _meter.CreateHistogram<double>("perfkit.audit.duration", "s", "Duration of audits.");
        _meter.CreateObservableCounter("process.cpu.time", () => Seconds(Latest?.CpuTime), "s", "CPU time of the process.");
        _meter.CreateObservableGauge("process.cpu.utilization", () => Figure(Latest?.CpuPercent / 100), "1", "CPU used, of what the process may use.");
        _meter.CreateObservableGauge("process.memory.usage", () => Figure(Latest?.WorkingSetBytes), "By", "Working set of the process.");
        _meter.CreateObservableGauge("process.thread.count", () => Figure(Latest?.ThreadCount), "{thread}", "Threads of the process.");
        _meter.CreateObservableCounter("process.disk.io", DiskIo, "By", "Bytes that the process moved to and from storage.");
        _meter.CreateObservableGauge("perfkit.startup.duration", () => Seconds(Startup()), "s", "Start-up time, from the first scope to ready.");
        _meter.CreateObservableCounter("perfkit.service.cpu.time", ServiceCpu, "s", "CPU time charged to services.");
        _meter.CreateObservableGauge("perfkit.bottlenecks", Bottlenecks, "{bottleneck}", "Bottlenecks that the last audit found.");
    }

    private ResourceSample? Latest => _sampler.History.Latest;

    public Audit Begin(string kind) => new(this, kind);

    /// <summary>Replays a finished start as spans.</summary>
    public static void Export(string application, StartupSnapshot startup, CriticalPath path) =>
        StartupActivities.Export(Source, application, startup, path);

    public void Dispose()
    {
        if (_ownsMeter)
            _meter.Dispose();
    }

    private TimeSpan? Startup()
    {
        // A start that is over does not change, and a snapshot of thousands of records is dear for a scrape.
        if (_finishedStartup is { } finished)
            return finished;
        bool isReady = _tracker.IsReady;
        StartupSnapshot startup = _tracker.Snapshot();
        TimeSpan? total = startup.Records.Count > 0 ? startup.Total : null;
        return isReady ? _finishedStartup = total : total;
    }

    private IEnumerable<Measurement<long>> DiskIo()
    {
        if (Latest is { StorageReadBytes: long read, StorageWrittenBytes: long written })
        {
            yield return new Measurement<long>(read, new KeyValuePair<string, object?>("disk.io.direction", "read"));
            yield return new Measurement<long>(written, new KeyValuePair<string, object?>("disk.io.direction", "write"));
        }
    }

    private static IEnumerable<Measurement<double>> ServiceCpu() => UsageSnapshot.Take().Services
        .Where(usage => usage.Cpu is not null)
        .Select(usage => new Measurement<double>(
            usage.Cpu!.Value.TotalSeconds, new KeyValuePair<string, object?>("perfkit.service", usage.Service)));

    private IEnumerable<Measurement<int>> Bottlenecks() => Volatile.Read(ref _lastFound)
        .GroupBy(found => (found.Rule, found.Severity))
        .Select(group => new Measurement<int>(
            group.Count(),
            new KeyValuePair<string, object?>("perfkit.rule", group.Key.Rule.ToString()),
            new KeyValuePair<string, object?>("perfkit.severity", group.Key.Severity.ToString())));

    private static IEnumerable<Measurement<double>> Figure(double? value) => value is double known ? [new Measurement<double>(known)] : [];

    private static IEnumerable<Measurement<double>> Seconds(TimeSpan? value) => Figure(value?.TotalSeconds);

    /// <summary>One audit, as a span and as a measurement of its duration.</summary>
    internal readonly struct Audit : IDisposable
    {
        private readonly AuditTelemetry _telemetry;
        private readonly string _kind;
        private readonly Activity? _activity;
        private readonly long _began;

        public Audit(AuditTelemetry telemetry, string kind)
        {
            _telemetry = telemetry;
            _kind = kind;
            _activity = Source.StartActivity($"perfkit.audit {kind}");
            _began = Stopwatch.GetTimestamp();
        }

        public void Found(IReadOnlyList<Bottleneck> bottlenecks)
        {
            Volatile.Write(ref _telemetry._lastFound, bottlenecks);
            _activity?.SetTag("perfkit.bottlenecks", bottlenecks.Count);
        }

        public void Dispose()
        {
            _telemetry._auditDuration.Record(
                Stopwatch.GetElapsedTime(_began).TotalSeconds, new KeyValuePair<string, object?>("perfkit.audit", _kind));
            _activity?.Dispose();
        }
    }
}
