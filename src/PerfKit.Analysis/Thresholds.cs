namespace PerfKit.Analysis;

/// <summary>
/// The limits that detectors and alerts compare with. Each has a warning level and a critical one; a critical level left at
/// <c>null</c> follows its warning level. Set before use: instances are not thread-safe while they change.
/// <see cref="ThresholdCatalog"/> has the key, unit and range of each.
/// </summary>
public sealed partial class Thresholds
{
    /// <summary>CPU in percent of what the process may use, sustained over a window.</summary>
    /// <value>Default 80. Above 0, up to 100.</value>
    public double CpuPercent { get; set; } = 80;

    /// <summary>Critical level of <see cref="CpuPercent"/>.</summary>
    /// <value>Default <c>null</c>: half-way from the warning level to 100. Not below the warning level, up to 100.</value>
    public double? CpuPercentCritical { get; set; }

    /// <summary>CPU cores that one service keeps busy. A single-threaded loop cannot pass 1, however many cores there are.</summary>
    /// <value>Default 0.8 cores. Above 0, up to 1,024.</value>
    public double ServiceCpuCores { get; set; } = 0.8;

    /// <summary>Critical level of <see cref="ServiceCpuCores"/>.</summary>
    /// <value>Default <c>null</c>: twice the warning level. Not below the warning level, up to 1,024.</value>
    public double? ServiceCpuCoresCritical { get; set; }

    /// <summary>Working set of the process, in bytes.</summary>
    /// <value>Default 1 GiB. From 1 MiB.</value>
    public long MemoryBytes { get; set; } = 1L << 30;

    /// <summary>Critical level of <see cref="MemoryBytes"/>.</summary>
    /// <value>Default <c>null</c>: twice the warning level. Not below the warning level.</value>
    public long? MemoryBytesCritical { get; set; }

    /// <summary>Memory of the machine in use, as <c>MachineMemoryPercent</c> of a sample; in a container the host's. Alerts only.</summary>
    /// <value>Default 85. Above 0, up to 100.</value>
    public double MachineMemoryPercent { get; set; } = 85;

    /// <summary>Critical level of <see cref="MachineMemoryPercent"/>.</summary>
    /// <value>Default <c>null</c>: half-way from the warning level to 100. Not below the warning level, up to 100.</value>
    public double? MachineMemoryPercentCritical { get; set; }

    /// <summary>How full the fullest of the watched disks is. Alerts only.</summary>
    /// <value>Default 90. Above 0, up to 100.</value>
    public double DiskPercent { get; set; } = 90;

    /// <summary>Critical level of <see cref="DiskPercent"/>.</summary>
    /// <value>Default <c>null</c>: half-way from the warning level to 100. Not below the warning level, up to 100.</value>
    public double? DiskPercentCritical { get; set; }

    /// <summary>Total start-up time.</summary>
    /// <value>Default 5 seconds. From 1 ms to 1 day, both included.</value>
    public TimeSpan StartupSlow { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Critical level of <see cref="StartupSlow"/>.</summary>
    /// <value>Default <c>null</c>: twice the warning level. Not below the warning level.</value>
    public TimeSpan? StartupSlowCritical { get; set; }

    /// <summary>Bytes a second read and written through read and write calls; network traffic is not among them on Linux.</summary>
    /// <value>Default 100,000,000 (100 MB/s). From 1.</value>
    public double IoBytesPerSecond { get; set; } = 100e6;

    /// <summary>Critical level of <see cref="IoBytesPerSecond"/>.</summary>
    /// <value>Default <c>null</c>: twice the warning level. Not below the warning level.</value>
    public double? IoBytesPerSecondCritical { get; set; }

    /// <summary>
    /// Read and write system calls a second. At about a microsecond a call, the default costs some 5 % of a core in calls
    /// alone.
    /// </summary>
    /// <value>Default 50,000. From 1.</value>
    public double IoOperationsPerSecond { get; set; } = 50_000;

    /// <summary>Critical level of <see cref="IoOperationsPerSecond"/>.</summary>
    /// <value>Default <c>null</c>: twice the warning level. Not below the warning level.</value>
    public double? IoOperationsPerSecondCritical { get; set; }

    /// <summary>Thread-pool threads that one service holds without running on them, on average over a window.</summary>
    /// <value>Default 0.5 threads. Above 0, up to 32,767.</value>
    public double BlockedPoolThreads { get; set; } = 0.5;

    /// <summary>Critical level of <see cref="BlockedPoolThreads"/>.</summary>
    /// <value>Default <c>null</c>: four times the warning level. Not below the warning level.</value>
    public double? BlockedPoolThreadsCritical { get; set; }

    /// <summary>Threads that wait for managed locks (<c>lock</c>, <c>Monitor</c>, <c>Lock</c>), on average over a window.</summary>
    /// <value>Default 0.5 threads. Above 0, up to 32,767.</value>
    public double LockWaitThreads { get; set; } = 0.5;

    /// <summary>Critical level of <see cref="LockWaitThreads"/>.</summary>
    /// <value>Default <c>null</c>: four times the warning level. Not below the warning level.</value>
    public double? LockWaitThreadsCritical { get; set; }

    /// <summary>Threads of services that wait for a CPU, on average over a window, for each core that the process may use.</summary>
    /// <value>Default 0.5 threads a core. Above 0, up to 32,767.</value>
    public double CpuWaitThreadsPerCore { get; set; } = 0.5;

    /// <summary>Critical level of <see cref="CpuWaitThreadsPerCore"/>.</summary>
    /// <value>Default <c>null</c>: four times the warning level. Not below the warning level.</value>
    public double? CpuWaitThreadsPerCoreCritical { get; set; }

    /// <summary>Growth of the live heap, or of memory outside it, that lasts.</summary>
    /// <value>In bytes a minute; default 1,048,576 (1 MiB a minute). From 1.</value>
    public double LeakBytesPerMinute { get; set; } = 1 << 20;

    /// <summary>Critical level of <see cref="LeakBytesPerMinute"/>.</summary>
    /// <value>Default <c>null</c>: sixteen times the warning level. Not below the warning level.</value>
    public double? LeakBytesPerMinuteCritical { get; set; }

    /// <summary>How long work waits for a thread-pool thread, for a quarter of the window or more.</summary>
    /// <value>Default 100 ms. From 1 ms to 1 day, both included.</value>
    public TimeSpan ThreadPoolQueueDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Critical level of <see cref="ThreadPoolQueueDelay"/>.</summary>
    /// <value>Default <c>null</c>: ten times the warning level. Not below the warning level.</value>
    public TimeSpan? ThreadPoolQueueDelayCritical { get; set; }

    /// <summary>Share of the window in which garbage collections paused the application, in percent.</summary>
    /// <value>Default 10. Above 0, up to 100.</value>
    public double GcPausePercent { get; set; } = 10;

    /// <summary>Critical level of <see cref="GcPausePercent"/>.</summary>
    /// <value>Default <c>null</c>: a quarter of the way from the warning level to 100. Not below the warning level, up to 100.</value>
    public double? GcPausePercentCritical { get; set; }

    /// <summary>Exceptions thrown a second, caught or not, sustained over a window.</summary>
    /// <value>Default 100. Above 0.</value>
    public double ExceptionsPerSecond { get; set; } = 100;

    /// <summary>Critical level of <see cref="ExceptionsPerSecond"/>.</summary>
    /// <value>Default <c>null</c>: ten times the warning level. Not below the warning level.</value>
    public double? ExceptionsPerSecondCritical { get; set; }

    /// <summary>Quota periods in which the control group's CPU quota was used up, in percent.</summary>
    /// <value>Default 5. Above 0, up to 100.</value>
    public double CpuThrottledPercent { get; set; } = 5;

    /// <summary>Critical level of <see cref="CpuThrottledPercent"/>.</summary>
    /// <value>Default <c>null</c>: a quarter of the way from the warning level to 100. Not below the warning level, up to 100.</value>
    public double? CpuThrottledPercentCritical { get; set; }

    /// <summary>Time within which 99 of 100 operations of a meter end.</summary>
    /// <value>Default 1 second. From 1 µs to 1 hour, both included.</value>
    public TimeSpan OperationP99 { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Critical level of <see cref="OperationP99"/>.</summary>
    /// <value>Default <c>null</c>: four times the warning level. Not below the warning level.</value>
    public TimeSpan? OperationP99Critical { get; set; }

    /// <summary>Operations of a meter that failed, in percent.</summary>
    /// <value>Default 5. Above 0, up to 100.</value>
    public double OperationFailedPercent { get; set; } = 5;

    /// <summary>Critical level of <see cref="OperationFailedPercent"/>.</summary>
    /// <value>Default <c>null</c>: a quarter of the way from the warning level to 100. Not below the warning level, up to 100.</value>
    public double? OperationFailedPercentCritical { get; set; }

    /// <summary>How much of a connection pool is in use. The application provides the figure; alerts only.</summary>
    /// <value>In percent; default 80. Above 0, up to 100.</value>
    public double ConnectionPoolPercent { get; set; } = 80;

    /// <summary>Critical level of <see cref="ConnectionPoolPercent"/>.</summary>
    /// <value>Default <c>null</c>: half-way from the warning level to 100. Not below the warning level, up to 100.</value>
    public double? ConnectionPoolPercentCritical { get; set; }

    /// <summary>Slow queries an hour. The application provides the figure; alerts only.</summary>
    /// <value>Default 10. Above 0.</value>
    public double SlowQueriesPerHour { get; set; } = 10;

    /// <summary>Critical level of <see cref="SlowQueriesPerHour"/>.</summary>
    /// <value>Default <c>null</c>: five times the warning level. Not below the warning level.</value>
    public double? SlowQueriesPerHourCritical { get; set; }

    /// <summary>Part of the look-ups that a cache answers; low is worse. The application provides the figure; alerts only.</summary>
    /// <value>Default 0.7. From 0 to 1, both included.</value>
    public double CacheHitRatio { get; set; } = 0.7;

    /// <summary>Critical level of <see cref="CacheHitRatio"/>.</summary>
    /// <value>Default <c>null</c>: two thirds of the warning level. Not above the warning level, from 0.</value>
    public double? CacheHitRatioCritical { get; set; }

    /// <summary>Open connections to the database. The application provides the figure; alerts only.</summary>
    /// <value>Default 15. Above 0.</value>
    public double DatabaseConnections { get; set; } = 15;

    /// <summary>Critical level of <see cref="DatabaseConnections"/>.</summary>
    /// <value>Default <c>null</c>: twice the warning level. Not below the warning level.</value>
    public double? DatabaseConnectionsCritical { get; set; }

    /// <summary>Limits of single services, by the service's name and the threshold's key; <see cref="Override"/> adds to them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ThresholdLevels>> Services
    {
        get => _services;
        init => _services = value ?? NoServices;
    }

    private static readonly Dictionary<string, IReadOnlyDictionary<string, ThresholdLevels>> NoServices = [];

    private IReadOnlyDictionary<string, IReadOnlyDictionary<string, ThresholdLevels>> _services = NoServices; // replaced, never changed
}
