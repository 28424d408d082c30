using PerfKit.Instrumentation;

namespace PerfKit.Analysis;

/// <summary>Thread-pool threads that services hold without running on them, as far as that is sure.</summary>
internal static class HeldThreads
{
    /// <summary>
    /// How many a service held on average, in so many seconds; <c>null</c> where blocking is not told. Time that may have been spent in the
    /// run queue looks like blocking, so while the machine is busy it does not count.
    /// </summary>
    public static double? Of(ServiceUsage usage, double seconds, bool isBusy) =>
        (usage.BlockedOnPool - (isBusy ? usage.UnsureOnPool ?? TimeSpan.Zero : TimeSpan.Zero))?.TotalSeconds / seconds;

    /// <summary>The machine's CPU was busy in the window, so that threads waited for it.</summary>
    public static bool IsBusy(Observations observations, Thresholds thresholds) =>
        observations.Median(sample => sample.MachineCpuPercent ?? sample.CpuPercent) >= thresholds.CpuPercent;
}
