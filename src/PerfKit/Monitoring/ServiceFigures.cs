using PerfKit.Analysis;
using PerfKit.Instrumentation;

namespace PerfKit;

/// <summary>
/// The figures of services and operations, read every ten seconds: what services used in these, and how operations went in the
/// last minute, since quantiles take many.
/// </summary>
internal sealed class ServiceFigures(TimeProvider time)
{
    internal static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private const int StepsOfOperations = 6;

    private readonly Queue<Dictionary<string, OperationSnapshot>> _operations = new();
    private readonly List<FigureReading> _readings = [];
    private UsageSnapshot? _usage;
    private long? _readAt;

    /// <summary>What thresholds of services and operations PerfKit measures.</summary>
    public static bool Has(AlertRule rule) => ThresholdCatalog.Find(rule.Figure) is { Group: ThresholdGroup.Service, IsProvided: false };

    /// <summary>Adds the latest figures; nothing for the first ten seconds.</summary>
    public void AddTo(List<FigureReading> readings)
    {
        long now = time.GetTimestamp();
        if (_readAt is not long at)
        {
            Remember(now);
        }
        else if (time.GetElapsedTime(at, now) >= Step)
        {
            _readings.Clear();
            // After a pause nobody knows how it was spread: a figure of it would be of the pause.
            if (time.GetElapsedTime(at, now) < Step * 5)
                Read(time.GetElapsedTime(at, now).TotalSeconds);
            else
                _operations.Clear();
            Remember(now);
        }
        readings.AddRange(_readings);
    }

    private void Read(double seconds)
    {
        UsageSnapshot now = UsageSnapshot.Take(time);
        var used = now.Since(_usage!).Services.ToDictionary(usage => usage.Service, StringComparer.Ordinal);
        foreach (ServiceUsage known in now.Services)
        {
            ServiceUsage? usage = used.GetValueOrDefault(known.Service); // one that did nothing is left out, and used nothing
            Add("cpu_cores", known.Service, usage is null ? (known.Cpu is null ? null : 0) : usage.Cpu?.TotalSeconds / seconds);
            Add("blocked_pool_threads", known.Service, usage is null ? (known.BlockedOnPool is null ? null : 0) : usage.BlockedOnPool?.TotalSeconds / seconds);
        }
        foreach (OperationMeter meter in OperationMeter.All)
        {
            OperationSnapshot operation = meter.Snapshot(time);
            if (_operations.Peek().TryGetValue(meter.Name, out OperationSnapshot? before))
                operation = operation.Since(before);
            Add("response_time_seconds", meter.Name, operation.Latency.Count >= SlowOperationDetector.MinTimed ? operation.P99Nanoseconds / 1e9 : null);
            Add("error_rate_percent", meter.Name, operation.Count >= SlowOperationDetector.MinCount ? operation.ErrorRate * 100 : null);
        }
    }

    private void Add(string figure, string service, double? value) => _readings.Add(new FigureReading(figure, service, value));

    private void Remember(long now)
    {
        _readAt = now;
        _usage = UsageSnapshot.Take(time);
        _operations.Enqueue(OperationMeter.All.Select(meter => meter.Snapshot(time)).ToDictionary(snapshot => snapshot.Operation, StringComparer.Ordinal));
        if (_operations.Count > StepsOfOperations)
            _operations.Dequeue();
    }
}
