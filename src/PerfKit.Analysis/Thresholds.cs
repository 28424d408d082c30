using System.Globalization;

namespace PerfKit.Analysis;

/// <summary>
/// The limits that detectors compare with. Each has a warning level and a critical one; a critical level left at
/// <c>null</c> follows its warning level. Set before use: instances are not thread-safe while they change.
/// </summary>
public sealed class Thresholds
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

    internal double CpuCriticalPercent => CpuPercentCritical ?? ((CpuPercent + 100) / 2);

    internal double ServiceCpuCriticalCores => ServiceCpuCoresCritical ?? (ServiceCpuCores * 2);

    internal double MemoryCriticalBytes => MemoryBytesCritical ?? (MemoryBytes * 2.0);

    internal double StartupCriticalSeconds => StartupSlowCritical?.TotalSeconds ?? (StartupSlow.TotalSeconds * 2);

    internal double IoBytesCriticalPerSecond => IoBytesPerSecondCritical ?? (IoBytesPerSecond * 2);

    internal double IoOperationsCriticalPerSecond => IoOperationsPerSecondCritical ?? (IoOperationsPerSecond * 2);

    internal double BlockedPoolCriticalThreads => BlockedPoolThreadsCritical ?? (BlockedPoolThreads * 4);

    /// <summary>An independent copy.</summary>
    /// <returns>The copy.</returns>
    public Thresholds Clone() => (Thresholds)MemberwiseClone();

    /// <summary>Checks every limit.</summary>
    /// <returns>One sentence for each field that is wrong, with its value and what is allowed; empty when all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(errors, nameof(CpuPercent), CpuPercent, CpuPercentCritical, 0, 100, "above 0, up to 100", exclusive: true);
        Check(errors, nameof(ServiceCpuCores), ServiceCpuCores, ServiceCpuCoresCritical, 0, 1024, "above 0, up to 1024", exclusive: true);
        Check(errors, nameof(MemoryBytes), MemoryBytes, MemoryBytesCritical, 1 << 20, double.MaxValue, "1048576 (1 MiB) or more");
        CheckStartup(errors);
        Check(errors, nameof(IoBytesPerSecond), IoBytesPerSecond, IoBytesPerSecondCritical, 1, double.MaxValue, "1 or more");
        Check(errors, nameof(IoOperationsPerSecond), IoOperationsPerSecond, IoOperationsPerSecondCritical, 1, double.MaxValue, "1 or more");
        Check(errors, nameof(BlockedPoolThreads), BlockedPoolThreads, BlockedPoolThreadsCritical, 0, 32_767, "above 0, up to 32767", exclusive: true);
        return errors;
    }

    private void CheckStartup(List<string> errors)
    {
        if (StartupSlow < TimeSpan.FromMilliseconds(1) || StartupSlow > TimeSpan.FromDays(1))
            errors.Add(Sentence(nameof(StartupSlow), StartupSlow.ToString("c", CultureInfo.InvariantCulture), "00:00:00.001 to 1.00:00:00"));
        if (StartupSlowCritical is { } critical && critical < StartupSlow)
            errors.Add(Sentence(nameof(StartupSlowCritical), critical.ToString("c", CultureInfo.InvariantCulture), $"{nameof(StartupSlow)} ({StartupSlow:c}) or more"));
    }

    private static void Check(
        List<string> errors, string name, double warning, double? critical, double low, double high, string allowed, bool exclusive = false)
    {
        // Written so that NaN fails too.
        if (!(exclusive ? warning > low : warning >= low) || !(warning <= high))
        {
            errors.Add(Sentence(name, Text(warning), allowed));
            return; // a critical level is right or wrong beside its warning level only
        }
        if (critical is double level && (!(level >= warning) || !(level <= high)))
            errors.Add(Sentence(name + "Critical", Text(level), $"{name} ({Text(warning)}) or more; {allowed}"));
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Sentence(string name, string value, string allowed) => $"{name} is {value}; allowed: {allowed}.";
}
