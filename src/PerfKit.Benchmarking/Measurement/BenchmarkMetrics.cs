namespace PerfKit.Benchmarking;

/// <summary>The names under which a benchmark's figures are stored: what <c>RunMetric.Metric</c> says. They do not change.</summary>
/// <remarks>A benchmark's name is the figure's service, its operation type the operation; times are in <c>s</c>, sizes in <c>B</c>.</remarks>
public static class BenchmarkMetrics
{
    /// <summary>The median duration of an operation.</summary>
    public const string Duration = "duration";

    /// <summary>The 95th percentile of the duration.</summary>
    public const string DurationP95 = "duration.p95";

    /// <summary>The mean CPU time of an operation.</summary>
    public const string Cpu = "cpu";

    /// <summary>The mean of managed bytes that an operation allocated on its thread. The same work allocates the same, run after run.</summary>
    public const string Allocated = "allocated";

    /// <summary>The same where the whole process is measured: whatever else ran is in it, so it does not repeat exactly.</summary>
    public const string ProcessAllocation = "allocation.process";

    /// <summary>The highest working set seen.</summary>
    public const string PeakWorkingSet = "peak.working_set";

    /// <summary>The largest managed heap seen.</summary>
    public const string PeakManagedHeap = "peak.managed_heap";

    /// <summary>The share of operations that did not fail, 0 to 1.</summary>
    public const string SuccessRate = "success_rate";

    /// <summary>Operations a second.</summary>
    public const string Throughput = "throughput";

    internal const string DurationLow = "duration.low";
    internal const string DurationHigh = "duration.high";
    internal const string DurationMean = "duration.mean";
    internal const string DurationDeviation = "duration.deviation";
    internal const string DurationMin = "duration.min";
    internal const string DurationMax = "duration.max";
    internal const string DurationCount = "duration.count";
    internal const string Operations = "operations";
    internal const string FailedOperations = "operations.failed";
    internal const string MeasuredTime = "measured_time";
    internal const string Started = "started_before";
    internal const string Collections = "gc.collections";
    internal const string CollectionPause = "gc.pause";
    internal const string OnProcess = "measured_on_process";
    internal const string StoppedBy = "stopped_by";
}
