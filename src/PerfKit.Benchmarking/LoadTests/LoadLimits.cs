namespace PerfKit.Benchmarking;

/// <summary>What a load test must keep to; a limit that is <see langword="null"/> is not judged. Immutable.</summary>
public sealed record LoadLimits
{
    /// <summary>Gets the highest median latency allowed.</summary>
    public TimeSpan? MaxMedian { get; init; }

    /// <summary>Gets the highest 95th percentile allowed.</summary>
    public TimeSpan? MaxP95 { get; init; }

    /// <summary>Gets the highest 99th percentile allowed.</summary>
    public TimeSpan? MaxP99 { get; init; }

    /// <summary>Gets the highest 99.9th percentile allowed.</summary>
    public TimeSpan? MaxP999 { get; init; }

    /// <summary>
    /// Gets the lowest success rate allowed, 0 to 1; by default 0.95, because operations that fail are often fast, and no other limit would see
    /// it. <see langword="null"/>, said expressly, judges none.
    /// </summary>
    public double? MinSuccessRate { get; init; } = 0.95;

    /// <summary>Gets the lowest throughput allowed, in operations a second.</summary>
    public double? MinThroughput { get; init; }

    /// <summary>Gets the largest working set allowed, in bytes.</summary>
    public long? MaxWorkingSetBytes { get; init; }

    /// <summary>Gets the most cores this process may use on average.</summary>
    public double? MaxCpuCores { get; init; }
}
