using PerfKit.Sampling;

namespace PerfKit.Analysis;

/// <summary>
/// Every threshold, each defined in one place. A new one takes two properties of <see cref="Thresholds"/> and an entry here;
/// configuration, validation and the tables of the documentation follow.
/// </summary>
public static class ThresholdCatalog
{
    internal static readonly ThresholdDefinition Cpu = Number(t => t.CpuPercent, (t, v) => t.CpuPercent = v, t => t.CpuPercentCritical, (t, v) => t.CpuPercentCritical = v,
        "cpu_usage_percent", nameof(Thresholds.CpuPercent), MeasureUnit.Percent, LimitRange.Percent, CriticalRule.HalfWay, figure: sample => sample.CpuPercent);

    internal static readonly ThresholdDefinition MemoryShare = Number(t => t.MachineMemoryPercent, (t, v) => t.MachineMemoryPercent = v, t => t.MachineMemoryPercentCritical, (t, v) => t.MachineMemoryPercentCritical = v,
        "memory_usage_percent", nameof(Thresholds.MachineMemoryPercent), MeasureUnit.Percent, LimitRange.Percent, CriticalRule.HalfWay, figure: sample => sample.MachineMemoryPercent);

    internal static readonly ThresholdDefinition Memory = Whole(t => t.MemoryBytes, (t, v) => t.MemoryBytes = v, t => t.MemoryBytesCritical, (t, v) => t.MemoryBytesCritical = v,
        "memory_usage_bytes", nameof(Thresholds.MemoryBytes), MeasureUnit.Bytes, new LimitRange(1 << 20, double.MaxValue), CriticalRule.Twice, figure: sample => sample.WorkingSetBytes);

    internal static readonly ThresholdDefinition Disk = Number(t => t.DiskPercent, (t, v) => t.DiskPercent = v, t => t.DiskPercentCritical, (t, v) => t.DiskPercentCritical = v,
        "disk_usage_percent", nameof(Thresholds.DiskPercent), MeasureUnit.Percent, LimitRange.Percent, CriticalRule.HalfWay, figure: sample => sample.FullestDisk?.UsedPercent, detail: sample => sample.FullestDisk?.Path);

    internal static readonly ThresholdDefinition Startup = Duration(t => t.StartupSlow, (t, v) => t.StartupSlow = v, t => t.StartupSlowCritical, (t, v) => t.StartupSlowCritical = v,
        "startup_time_seconds", nameof(Thresholds.StartupSlow), new LimitRange(0.001, SecondsOfADay), CriticalRule.Twice);

    internal static readonly ThresholdDefinition IoBytes = Number(t => t.IoBytesPerSecond, (t, v) => t.IoBytesPerSecond = v, t => t.IoBytesPerSecondCritical, (t, v) => t.IoBytesPerSecondCritical = v,
        "io_bytes_per_second", nameof(Thresholds.IoBytesPerSecond), MeasureUnit.BytesPerSecond, new LimitRange(1, double.MaxValue), CriticalRule.Twice, figure: sample => sample.IoReadBytesPerSecond + sample.IoWrittenBytesPerSecond);

    internal static readonly ThresholdDefinition IoOperations = Number(t => t.IoOperationsPerSecond, (t, v) => t.IoOperationsPerSecond = v, t => t.IoOperationsPerSecondCritical, (t, v) => t.IoOperationsPerSecondCritical = v,
        "io_operations_per_second", nameof(Thresholds.IoOperationsPerSecond), MeasureUnit.CountPerSecond, new LimitRange(1, double.MaxValue), CriticalRule.Twice, figure: sample => sample.IoOperationsPerSecond);

    internal static readonly ThresholdDefinition Leak = Number(t => t.LeakBytesPerMinute, (t, v) => t.LeakBytesPerMinute = v, t => t.LeakBytesPerMinuteCritical, (t, v) => t.LeakBytesPerMinuteCritical = v,
        "memory_growth_bytes_per_minute", nameof(Thresholds.LeakBytesPerMinute), MeasureUnit.Bytes, new LimitRange(1, double.MaxValue), CriticalRule.SixteenTimes, unit: "bytes a minute");

    internal static readonly ThresholdDefinition ThreadPoolQueue = Duration(t => t.ThreadPoolQueueDelay, (t, v) => t.ThreadPoolQueueDelay = v, t => t.ThreadPoolQueueDelayCritical, (t, v) => t.ThreadPoolQueueDelayCritical = v,
        "thread_pool_queue_delay_seconds", nameof(Thresholds.ThreadPoolQueueDelay), new LimitRange(0.001, SecondsOfADay), CriticalRule.TenTimes, figure: sample => sample.ThreadPoolQueueDelay?.TotalSeconds);

    internal static readonly ThresholdDefinition GcPause = Number(t => t.GcPausePercent, (t, v) => t.GcPausePercent = v, t => t.GcPausePercentCritical, (t, v) => t.GcPausePercentCritical = v,
        "gc_pause_percent", nameof(Thresholds.GcPausePercent), MeasureUnit.Percent, LimitRange.Percent, CriticalRule.QuarterWay, figure: sample => sample.GcPausePercent);

    internal static readonly ThresholdDefinition Exceptions = Number(t => t.ExceptionsPerSecond, (t, v) => t.ExceptionsPerSecond = v, t => t.ExceptionsPerSecondCritical, (t, v) => t.ExceptionsPerSecondCritical = v,
        "exceptions_per_second", nameof(Thresholds.ExceptionsPerSecond), MeasureUnit.CountPerSecond, LimitRange.Above(0), CriticalRule.TenTimes, figure: sample => sample.ExceptionsPerSecond);

    internal static readonly ThresholdDefinition CpuThrottled = Number(t => t.CpuThrottledPercent, (t, v) => t.CpuThrottledPercent = v, t => t.CpuThrottledPercentCritical, (t, v) => t.CpuThrottledPercentCritical = v,
        "cpu_throttled_percent", nameof(Thresholds.CpuThrottledPercent), MeasureUnit.Percent, LimitRange.Percent, CriticalRule.QuarterWay, figure: sample => sample.CpuThrottledPercent);

    internal static readonly ThresholdDefinition LockWait = Number(t => t.LockWaitThreads, (t, v) => t.LockWaitThreads = v, t => t.LockWaitThreadsCritical, (t, v) => t.LockWaitThreadsCritical = v,
        "lock_wait_threads", nameof(Thresholds.LockWaitThreads), MeasureUnit.Count, LimitRange.Above(0, 32_767), CriticalRule.FourTimes, unit: "threads", figure: sample => sample.LockWaitThreads);

    internal static readonly ThresholdDefinition CpuWait = Number(t => t.CpuWaitThreadsPerCore, (t, v) => t.CpuWaitThreadsPerCore = v, t => t.CpuWaitThreadsPerCoreCritical, (t, v) => t.CpuWaitThreadsPerCoreCritical = v,
        "cpu_wait_threads_per_core", nameof(Thresholds.CpuWaitThreadsPerCore), MeasureUnit.Count, LimitRange.Above(0, 32_767), CriticalRule.FourTimes, unit: "threads a core");

    internal static readonly ThresholdDefinition ServiceCpu = Number(t => t.ServiceCpuCores, (t, v) => t.ServiceCpuCores = v, t => t.ServiceCpuCoresCritical, (t, v) => t.ServiceCpuCoresCritical = v,
        "cpu_cores", nameof(Thresholds.ServiceCpuCores), MeasureUnit.Cores, LimitRange.Above(0, 1024), CriticalRule.Twice, ThresholdGroup.Service);

    internal static readonly ThresholdDefinition BlockedPool = Number(t => t.BlockedPoolThreads, (t, v) => t.BlockedPoolThreads = v, t => t.BlockedPoolThreadsCritical, (t, v) => t.BlockedPoolThreadsCritical = v,
        "blocked_pool_threads", nameof(Thresholds.BlockedPoolThreads), MeasureUnit.Count, LimitRange.Above(0, 32_767), CriticalRule.FourTimes, ThresholdGroup.Service, unit: "threads");

    internal static readonly ThresholdDefinition OperationP99 = Duration(t => t.OperationP99, (t, v) => t.OperationP99 = v, t => t.OperationP99Critical, (t, v) => t.OperationP99Critical = v,
        "response_time_seconds", nameof(Thresholds.OperationP99), new LimitRange(0.000001, 3600), CriticalRule.FourTimes, ThresholdGroup.Service);

    internal static readonly ThresholdDefinition OperationFailed = Number(t => t.OperationFailedPercent, (t, v) => t.OperationFailedPercent = v, t => t.OperationFailedPercentCritical, (t, v) => t.OperationFailedPercentCritical = v,
        "error_rate_percent", nameof(Thresholds.OperationFailedPercent), MeasureUnit.Percent, LimitRange.Percent, CriticalRule.QuarterWay, ThresholdGroup.Service);

    internal static readonly ThresholdDefinition ConnectionPool = Number(t => t.ConnectionPoolPercent, (t, v) => t.ConnectionPoolPercent = v, t => t.ConnectionPoolPercentCritical, (t, v) => t.ConnectionPoolPercentCritical = v,
        "connection_pool_utilization", nameof(Thresholds.ConnectionPoolPercent), MeasureUnit.Percent, LimitRange.Percent, CriticalRule.HalfWay, ThresholdGroup.Service, isProvided: true);

    internal static readonly ThresholdDefinition SlowQueries = Number(t => t.SlowQueriesPerHour, (t, v) => t.SlowQueriesPerHour = v, t => t.SlowQueriesPerHourCritical, (t, v) => t.SlowQueriesPerHourCritical = v,
        "slow_queries_per_hour", nameof(Thresholds.SlowQueriesPerHour), MeasureUnit.Count, LimitRange.Above(0), CriticalRule.FiveTimes, ThresholdGroup.Database, isProvided: true, unit: "an hour");

    internal static readonly ThresholdDefinition CacheHits = Number(t => t.CacheHitRatio, (t, v) => t.CacheHitRatio = v, t => t.CacheHitRatioCritical, (t, v) => t.CacheHitRatioCritical = v,
        "cache_hit_ratio", nameof(Thresholds.CacheHitRatio), MeasureUnit.Count, new LimitRange(0, 1), CriticalRule.TwoThirds, ThresholdGroup.Database, isProvided: true, unit: "share, 0 to 1", isLowWorse: true);

    internal static readonly ThresholdDefinition Connections = Number(t => t.DatabaseConnections, (t, v) => t.DatabaseConnections = v, t => t.DatabaseConnectionsCritical, (t, v) => t.DatabaseConnectionsCritical = v,
        "connection_count", nameof(Thresholds.DatabaseConnections), MeasureUnit.Count, LimitRange.Above(0), CriticalRule.Twice, ThresholdGroup.Database, isProvided: true, unit: "connections");

    private const double SecondsOfADay = 24 * 60 * 60;

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<ThresholdDefinition> All { get; } =
    [
        Cpu, MemoryShare, Memory, Disk, Startup, IoBytes, IoOperations, Leak, ThreadPoolQueue, GcPause, Exceptions, CpuThrottled, LockWait, CpuWait,
        ServiceCpu, BlockedPool, OperationP99, OperationFailed, ConnectionPool,
        SlowQueries, CacheHits, Connections,
    ];

    private static readonly Dictionary<string, ThresholdDefinition> ByKey = All.ToDictionary(threshold => threshold.Key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The threshold of a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The definition; <c>null</c> when there is none.</returns>
    public static ThresholdDefinition? Find(string key) => ByKey.GetValueOrDefault(key ?? "");

    private static ThresholdDefinition Number(
        Func<Thresholds, double> warning, Action<Thresholds, double> setWarning, Func<Thresholds, double?> critical, Action<Thresholds, double?> setCritical,
        string key, string property, MeasureUnit measure, LimitRange range, CriticalRule rule,
        ThresholdGroup group = ThresholdGroup.System, string? unit = null, bool isLowWorse = false, bool isProvided = false,
        Func<ResourceSample, double?>? figure = null, Func<ResourceSample, string?>? detail = null) =>
        new(warning, setWarning, critical, setCritical, range, rule)
        {
            Key = key, Group = group, Property = property, Unit = measure, UnitText = unit!, IsLowWorse = isLowWorse, IsProvided = isProvided, Figure = figure, Detail = detail,
        };

    private static ThresholdDefinition Whole(
        Func<Thresholds, long> warning, Action<Thresholds, long> setWarning, Func<Thresholds, long?> critical, Action<Thresholds, long?> setCritical,
        string key, string property, MeasureUnit measure, LimitRange range, CriticalRule rule, Func<ResourceSample, double?>? figure = null) =>
        new(t => warning(t), (t, v) => setWarning(t, (long)v), t => critical(t), (t, v) => setCritical(t, (long?)v), range, rule)
        {
            Key = key, Group = ThresholdGroup.System, Property = property, Unit = measure, IsWhole = true, Figure = figure,
        };

    private static ThresholdDefinition Duration(
        Func<Thresholds, TimeSpan> warning, Action<Thresholds, TimeSpan> setWarning, Func<Thresholds, TimeSpan?> critical, Action<Thresholds, TimeSpan?> setCritical,
        string key, string property, LimitRange range, CriticalRule rule, ThresholdGroup group = ThresholdGroup.System, Func<ResourceSample, double?>? figure = null) =>
        new(t => warning(t).TotalSeconds, (t, v) => setWarning(t, TimeSpan.FromSeconds(v)), t => critical(t)?.TotalSeconds, (t, v) => setCritical(t, v is double seconds ? TimeSpan.FromSeconds(seconds) : null), range, rule)
        {
            Key = key, Group = group, Property = property, Unit = MeasureUnit.Seconds, IsDuration = true, Figure = figure,
        };
}
