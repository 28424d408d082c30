using System.Globalization;

namespace PerfKit.Analysis;

/// <summary>Critical levels that follow from warning levels, and the check of them all.</summary>
public sealed partial class Thresholds
{
    internal double CpuCriticalPercent => CpuPercentCritical ?? ((CpuPercent + 100) / 2);

    internal double ServiceCpuCriticalCores => ServiceCpuCoresCritical ?? (ServiceCpuCores * 2);

    internal double MemoryCriticalBytes => MemoryBytesCritical ?? (MemoryBytes * 2.0);

    internal double StartupCriticalSeconds => StartupSlowCritical?.TotalSeconds ?? (StartupSlow.TotalSeconds * 2);

    internal double IoBytesCriticalPerSecond => IoBytesPerSecondCritical ?? (IoBytesPerSecond * 2);

    internal double IoOperationsCriticalPerSecond => IoOperationsPerSecondCritical ?? (IoOperationsPerSecond * 2);

    internal double BlockedPoolCriticalThreads => BlockedPoolThreadsCritical ?? (BlockedPoolThreads * 4);

    internal double LockWaitCriticalThreads => LockWaitThreadsCritical ?? (LockWaitThreads * 4);

    internal double CpuWaitCriticalThreadsPerCore => CpuWaitThreadsPerCoreCritical ?? (CpuWaitThreadsPerCore * 4);

    internal double LeakCriticalPerMinute => LeakBytesPerMinuteCritical ?? (LeakBytesPerMinute * 16);

    internal double ThreadPoolQueueCriticalSeconds => ThreadPoolQueueDelayCritical?.TotalSeconds ?? (ThreadPoolQueueDelay.TotalSeconds * 10);

    internal double GcPauseCriticalPercent => GcPausePercentCritical ?? QuarterWay(GcPausePercent);

    internal double ExceptionsCriticalPerSecond => ExceptionsPerSecondCritical ?? (ExceptionsPerSecond * 10);

    internal double CpuThrottledCriticalPercent => CpuThrottledPercentCritical ?? QuarterWay(CpuThrottledPercent);

    internal double OperationP99CriticalSeconds => OperationP99Critical?.TotalSeconds ?? (OperationP99.TotalSeconds * 4);

    internal double OperationFailedCriticalPercent => OperationFailedPercentCritical ?? QuarterWay(OperationFailedPercent);

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
        Check(errors, nameof(StartupSlow), StartupSlow, StartupSlowCritical, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        Check(errors, nameof(IoBytesPerSecond), IoBytesPerSecond, IoBytesPerSecondCritical, 1, double.MaxValue, "1 or more");
        Check(errors, nameof(IoOperationsPerSecond), IoOperationsPerSecond, IoOperationsPerSecondCritical, 1, double.MaxValue, "1 or more");
        Check(errors, nameof(BlockedPoolThreads), BlockedPoolThreads, BlockedPoolThreadsCritical, 0, 32_767, "above 0, up to 32767", exclusive: true);
        Check(errors, nameof(LockWaitThreads), LockWaitThreads, LockWaitThreadsCritical, 0, 32_767, "above 0, up to 32767", exclusive: true);
        Check(errors, nameof(CpuWaitThreadsPerCore), CpuWaitThreadsPerCore, CpuWaitThreadsPerCoreCritical, 0, 32_767, "above 0, up to 32767", exclusive: true);
        Check(errors, nameof(LeakBytesPerMinute), LeakBytesPerMinute, LeakBytesPerMinuteCritical, 1, double.MaxValue, "1 or more");
        Check(errors, nameof(ThreadPoolQueueDelay), ThreadPoolQueueDelay, ThreadPoolQueueDelayCritical, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        Check(errors, nameof(GcPausePercent), GcPausePercent, GcPausePercentCritical, 0, 100, "above 0, up to 100", exclusive: true);
        Check(errors, nameof(ExceptionsPerSecond), ExceptionsPerSecond, ExceptionsPerSecondCritical, 0, double.MaxValue, "above 0", exclusive: true);
        Check(errors, nameof(CpuThrottledPercent), CpuThrottledPercent, CpuThrottledPercentCritical, 0, 100, "above 0, up to 100", exclusive: true);
        Check(errors, nameof(OperationP99), OperationP99, OperationP99Critical, TimeSpan.FromMicroseconds(1), TimeSpan.FromHours(1));
        Check(errors, nameof(OperationFailedPercent), OperationFailedPercent, OperationFailedPercentCritical, 0, 100, "above 0, up to 100", exclusive: true);
        return errors;
    }

    private static void Check(List<string> errors, string name, TimeSpan warning, TimeSpan? critical, TimeSpan low, TimeSpan high)
    {
        if (warning < low || warning > high)
            errors.Add(Sentence(name, Text(warning), $"{Text(low)} to {Text(high)}"));
        else if (critical < warning)
            errors.Add(Sentence(name + "Critical", Text(critical.Value), $"{name} ({Text(warning)}) or more"));
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

    private static double QuarterWay(double percent) => percent + ((100 - percent) / 4);

    private static string Text(TimeSpan value)
    {
        string text = value.ToString("c", CultureInfo.InvariantCulture);
        return value.Ticks % TimeSpan.TicksPerSecond == 0 ? text : text.TrimEnd('0');
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Sentence(string name, string value, string allowed) => $"{name} is {value}; allowed: {allowed}.";
}
