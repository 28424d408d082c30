using PerfKit.Sampling;

namespace PerfKit.Benchmarking;

/// <summary>What a benchmark measured, and under which conditions. Immutable.</summary>
public sealed record BenchmarkResult
{
    /// <summary>Gets the benchmark's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the kind of operation, by which limits are configured; for example <c>api_call</c>.</summary>
    public required string OperationType { get; init; }

    /// <summary>Gets when the first operation began, warm-up included.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when the last one ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Gets machine and runtime. Results of unlike machines are not compared.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>Gets commit and branch; <see langword="null"/> when neither is known.</summary>
    public SourceRevision? Revision { get; init; }

    /// <summary>Gets how many operations were measured, failed ones included, warm-up not.</summary>
    public required long Operations { get; init; }

    /// <summary>Gets how many of <see cref="Operations"/> failed.</summary>
    public long FailedOperations { get; init; }

    /// <summary>Gets the first error as type and message, at most 1,024 characters; <see langword="null"/> when nothing failed.</summary>
    public string? Error { get; init; }

    /// <summary>Gets whether operations ran and none failed.</summary>
    public bool Success => Operations > 0 && FailedOperations == 0 && Error is null;

    /// <summary>Gets the share of operations that did not fail, 0 to 1; <see langword="null"/> when none ran.</summary>
    public double? SuccessRate => Operations == 0 ? null : 1 - ((double)FailedOperations / Operations);

    /// <summary>Gets how long operations took that did not fail; <see langword="null"/> when there were none.</summary>
    public DurationStatistics? Duration { get; init; }

    /// <summary>Gets the median duration of an operation, rounded to 100 ns; <see langword="null"/> without successful ones.</summary>
    public TimeSpan? MedianDuration => Duration?.Median;

    /// <summary>Gets the time that all measured operations took together.</summary>
    public TimeSpan MeasuredTime { get; init; }

    /// <summary>Gets operations a second of <see cref="MeasuredTime"/>; <see langword="null"/> when that is 0.</summary>
    public double? OperationsPerSecond => MeasuredTime > TimeSpan.Zero ? Operations / MeasuredTime.TotalSeconds : null;

    /// <summary>Gets whose CPU time and allocation is counted below.</summary>
    public required MeasuredOn MeasuredOn { get; init; }

    /// <summary>Gets the mean CPU time of an operation in nanoseconds; <see langword="null"/> where it cannot be had.</summary>
    public double? CpuNanoseconds { get; init; }

    /// <summary>Gets the mean of managed bytes that an operation allocated; <see langword="null"/> where it cannot be had.</summary>
    public double? AllocatedBytes { get; init; }

    /// <summary>Gets the garbage collections of the whole process while operations were measured, of generation 0 and above.</summary>
    public int Collections { get; init; }

    /// <summary>Gets how long those paused the process.</summary>
    public TimeSpan CollectionPause { get; init; }

    /// <summary>Gets the highest working set seen, in bytes; <see langword="null"/> where it cannot be had.</summary>
    public long? PeakWorkingSetBytes { get; init; }

    /// <summary>Gets the largest managed heap seen, in bytes, with garbage not yet collected.</summary>
    public long? PeakManagedHeapBytes { get; init; }

    /// <summary>Gets why it measured no further.</summary>
    public required StopReason StoppedBy { get; init; }
}
