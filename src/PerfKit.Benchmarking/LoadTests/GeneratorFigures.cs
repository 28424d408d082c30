using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>What the load generator itself did and cost: whether its figures can be believed. Immutable.</summary>
public sealed record GeneratorFigures
{
    /// <summary>Gets the rate that was asked for, over the whole test; <see langword="null"/> in the closed model.</summary>
    public double? IntendedRate { get; init; }

    /// <summary>Gets how many operations a second were really started; <see langword="null"/> when the test took no time.</summary>
    public double? StartedRate { get; init; }

    /// <summary>
    /// Gets how late operations started: from the intended instant to the operation's first instruction. Empty in the closed model,
    /// where no instant is intended.
    /// </summary>
    public LatencyHistogram StartLag { get; init; } = LatencyHistogram.Empty;

    /// <summary>Gets the part of <see cref="StartLag"/> until the generator's thread handed the operation over; the rest is the thread pool's.</summary>
    public LatencyHistogram DispatchLag { get; init; } = LatencyHistogram.Empty;

    /// <summary>Gets how many operations started later than the tolerance, or never.</summary>
    public long LateOperations { get; init; }

    /// <summary>Gets the most operations that were under way at once.</summary>
    public long PeakInFlight { get; init; }

    /// <summary>Gets how many operations had to wait because <see cref="LoadTestOptions.MaxInFlight"/> were under way.</summary>
    public long HeldBack { get; init; }

    /// <summary>Gets the CPU time of the generator's own thread; <see langword="null"/> in the closed model, or where it cannot be had.</summary>
    public TimeSpan? DispatcherCpu { get; init; }

    /// <summary>
    /// Gets the CPU time that the generator spends on an operation besides the operation, in nanoseconds: measured with empty
    /// operations right after the test. What the thread pool adds is not in it.
    /// </summary>
    public double? CpuNanosecondsPerOperation { get; init; }

    /// <summary>Gets the cores that the generator took: its thread, and <see cref="CpuNanosecondsPerOperation"/> of every operation.</summary>
    public double? CpuCores { get; init; }

    /// <summary>Gets whether the rate was kept: all operations started, at most 1 % late; <see langword="null"/> in the closed model.</summary>
    public bool? KeptRate { get; init; }

    /// <summary>Gets in a sentence why the rate was not kept; <see langword="null"/> when it was.</summary>
    public string? Saturation { get; init; }
}
