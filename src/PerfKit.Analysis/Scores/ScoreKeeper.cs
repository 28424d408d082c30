using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>Scores the process and each service by the figures and the limits that detectors look at. Pure.</summary>
internal sealed class ScoreKeeper(Observations observations, Thresholds thresholds, IReadOnlyList<Bottleneck> found)
{
    private readonly TimeSpan _window = observations.Window;
    private readonly double? _cores = observations.Median(sample => sample.AvailableCores > 0 ? sample.AvailableCores : null);
    private readonly bool _wasFrozen = observations.WasFrozen;
    private readonly bool _isBusy = HeldThreads.IsBusy(observations, thresholds);
    private readonly double? _lockThreads = observations.WasFrozen ? null : observations.Mean(sample => sample.LockWaitThreads);
    private readonly Bottleneck[] _leaks = [.. found.Where(leak => leak.Type == BottleneckType.MemoryLeak && leak.Evidence is { Count: > 0 })];

    public ScoreCard OfProcess() => new()
    {
        Name = observations.Application,
        PerformanceScore = Score.Lowest(
        [
            StartupTime(),
            _wasFrozen ? null : PoolDelay(),
            LockWait(_lockThreads),
            Of("time paused for garbage collection", observations.Mean(sample => sample.GcPausePercent), MeasureUnit.Percent, thresholds.GcPausePercent, thresholds.GcPauseCriticalPercent),
            Of("quota periods throttled", observations.Mean(sample => sample.CpuThrottledPercent), MeasureUnit.Percent, thresholds.CpuThrottledPercent, thresholds.CpuThrottledCriticalPercent),
            .. observations.Operations.Where(SlowOperationDetector.IsTimedEnough).Select(operation => P99(operation, thresholds.For(operation.Operation))),
        ]),
        ReliabilityScore = Score.Lowest(
        [
            Of("working set (median)", observations.Median(sample => sample.WorkingSetBytes), MeasureUnit.Bytes, thresholds.MemoryBytes, thresholds.MemoryCriticalBytes),
            Exceptions("exceptions thrown (median)", observations.Median(sample => sample.ExceptionsPerSecond)),
            .. observations.Operations.Where(SlowOperationDetector.IsCountedEnough).Select(operation => Failed(operation, thresholds.For(operation.Operation))),
            .. _leaks.Select(Score.After), // no level but a trend that a test decides, so it counts where it was found
        ]),
        EfficiencyScore = Score.Lowest(
        [
            Of("CPU of the process (median)", observations.Median(sample => sample.CpuPercent), MeasureUnit.Percent, thresholds.CpuPercent, thresholds.CpuCriticalPercent),
            Calls("I/O calls of the process", observations.Mean(sample => sample.IoOperationsPerSecond)),
            Bytes("bytes moved by the process", observations.Mean(sample => sample.IoReadBytesPerSecond + sample.IoWrittenBytesPerSecond)),
        ]),
    };

    public IReadOnlyList<ScoreCard> OfServices() => observations.UsageSeconds is double seconds
        ? [.. observations.Usage!.Services.Select(usage => Of(usage, seconds, thresholds.For(usage.Service)))]
        : [];

    private ScoreCard Of(ServiceUsage usage, double seconds, Thresholds own) => new()
    {
        Name = usage.Service,
        PerformanceScore = Score.Lowest(
        [
            _wasFrozen ? null : Of("pool threads held, on average", HeldThreads.Of(usage, seconds, _isBusy), MeasureUnit.Count, own.BlockedPoolThreads, own.BlockedPoolCriticalThreads),
            LockWait(_lockThreads * LockContention.ShareOf(usage, observations)),
            Of("threads that wait for a CPU, a core", usage.QueuedForCpu?.TotalSeconds / seconds / _cores, MeasureUnit.Count, thresholds.CpuWaitThreadsPerCore, thresholds.CpuWaitCriticalThreadsPerCore),
        ]),
        ReliabilityScore = Score.Lowest(
        [
            Exceptions("exceptions thrown", usage.Exceptions / seconds),
            .. _leaks.Where(leak => leak.Service == usage.Service).Select(Score.After),
        ]),
        EfficiencyScore = Score.Lowest(
        [
            Of("CPU used", usage.Cpu?.TotalSeconds / seconds, MeasureUnit.Cores, own.ServiceCpuCores, own.ServiceCpuCriticalCores),
            Calls("I/O calls", usage.IoOperations / seconds),
            Bytes("bytes moved", (usage.IoReadBytes + usage.IoWrittenBytes) / seconds),
        ]),
    };

    private Score? StartupTime() => observations.Startup is { Total.Ticks: > 0 } startup
        ? Score.Of("start-up time", startup.Total.TotalSeconds, MeasureUnit.Seconds, thresholds.StartupSlow.TotalSeconds, thresholds.StartupCriticalSeconds, null)
        : null;

    private Score? PoolDelay() => Of(
        "wait for a pool thread (75th percentile)", observations.QuantileOf(sample => sample.ThreadPoolQueueDelay?.TotalSeconds, 0.75),
        MeasureUnit.Seconds, thresholds.ThreadPoolQueueDelay.TotalSeconds, thresholds.ThreadPoolQueueCriticalSeconds);

    private Score? P99(OperationSnapshot operation, Thresholds own) => Of(
        $"99th percentile of {operation.Operation}", operation.P99Nanoseconds / 1e9, MeasureUnit.Seconds, own.OperationP99.TotalSeconds, own.OperationP99CriticalSeconds);

    private Score? Failed(OperationSnapshot operation, Thresholds own) => Of(
        $"failed of {operation.Operation}", operation.ErrorRate * 100, MeasureUnit.Percent, own.OperationFailedPercent, own.OperationFailedCriticalPercent);

    private Score? LockWait(double? threads) =>
        Of("threads that wait for a lock, on average", threads, MeasureUnit.Count, thresholds.LockWaitThreads, thresholds.LockWaitCriticalThreads);

    private Score? Exceptions(string measure, double? rate) =>
        Of(measure, rate, MeasureUnit.CountPerSecond, thresholds.ExceptionsPerSecond, thresholds.ExceptionsCriticalPerSecond);

    private Score? Calls(string measure, double? rate) =>
        Of(measure, rate, MeasureUnit.CountPerSecond, thresholds.IoOperationsPerSecond, thresholds.IoOperationsCriticalPerSecond);

    private Score? Bytes(string measure, double? rate) =>
        Of(measure, rate, MeasureUnit.BytesPerSecond, thresholds.IoBytesPerSecond, thresholds.IoBytesCriticalPerSecond);

    private Score? Of(string measure, double? figure, MeasureUnit unit, double warning, double critical) =>
        Score.Of(measure, figure, unit, warning, critical, _window);
}
