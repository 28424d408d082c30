namespace PerfKit.Benchmarking;

/// <summary>What operations of a type must keep to; a limit that is <see langword="null"/> is not judged. Immutable.</summary>
public sealed record OperationThresholds
{
    /// <summary>Gets the longest median duration allowed, in JSON <c>maxDurationSeconds</c>, from 0.000001 to 86400.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>
    /// Gets the largest peak working set allowed while the operation was measured, in bytes; in JSON <c>maxMemoryMegabytes</c>, from 1 to 1000000.
    /// It is the whole process's: the runtime alone has some 30 MB.
    /// </summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>Gets the most managed bytes an operation may allocate on average, in JSON <c>maxAllocatedBytes</c>, from 0 to 1000000000000.</summary>
    public double? MaxAllocatedBytes { get; init; }

    /// <summary>Gets the lowest success rate allowed, in JSON <c>minSuccessRate</c>; from 0 to 1.</summary>
    public double? MinSuccessRate { get; init; }
}
