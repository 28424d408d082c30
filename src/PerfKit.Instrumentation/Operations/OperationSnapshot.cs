using PerfKit.Statistics;

namespace PerfKit.Instrumentation;

/// <summary>What an <see cref="OperationMeter"/> measured, since it was made or in a window. Immutable.</summary>
/// <remarks>
/// Durations are numbers of nanoseconds, because a <see cref="TimeSpan"/> counts in steps of 100 ns. Quantiles are within
/// <see cref="LatencyHistogram.MaxRelativeError"/> (1.6 %) of the true ones; their definition is that of
/// <see cref="LatencyHistogram.Quantile"/>. All of them are <c>null</c> when no operation was timed.
/// </remarks>
public sealed record OperationSnapshot
{
    /// <summary>The operation's name.</summary>
    public required string Operation { get; init; }

    /// <summary>When it was taken, by the wall clock.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The time that the figures cover, by the monotonic clock: since the meter was made, or since the earlier snapshot.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Operations that ended, exact. Of a meter that samples, one that is not timed counts from its beginning.</summary>
    public long Count { get; init; }

    /// <summary>Those of <see cref="Count"/> that were marked as failed, exact.</summary>
    public long FailedCount { get; init; }

    /// <summary>
    /// How long the timed operations took: all, or the sample that was chosen. Histograms of several windows or machines can be
    /// merged.
    /// </summary>
    public LatencyHistogram Latency { get; init => field = value ?? LatencyHistogram.Empty; } = LatencyHistogram.Empty;

    /// <summary>Managed bytes that <see cref="AllocatingCount"/> operations allocated; <c>null</c> where the meter does not measure it.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Operations whose allocation is known: timed ones that ended on the thread that began them. <c>null</c> as above.</summary>
    public long? AllocatingCount { get; init; }

    /// <summary>Operations a second; <c>null</c> where <see cref="Window"/> is zero.</summary>
    public double? PerSecond => Window > TimeSpan.Zero ? Count / Window.TotalSeconds : null;

    /// <summary>The part of the operations that failed, 0 to 1; <c>null</c> without operations.</summary>
    public double? ErrorRate => Count > 0 ? Math.Min(1, (double)FailedCount / Count) : null;

    /// <summary>Mean managed bytes an operation; <c>null</c> where none is known.</summary>
    public double? MeanAllocatedBytes => AllocatingCount > 0 ? (double?)AllocatedBytes / AllocatingCount : null;

    /// <summary>Mean duration, exact but for operations that ended while the snapshot was taken.</summary>
    public double? MeanNanoseconds => Latency.MeanNanoseconds;

    /// <summary>Shortest duration: exact since the meter was made; in a window as <see cref="LatencyHistogram.MinimumNanoseconds"/>.</summary>
    public long? MinimumNanoseconds => Latency.MinimumNanoseconds;

    /// <summary>Longest duration, likewise; one hour stands for anything longer.</summary>
    public long? MaximumNanoseconds => Latency.MaximumNanoseconds;

    /// <summary>Half of the operations took no longer.</summary>
    public long? P50Nanoseconds => Latency.Quantile(0.5);

    /// <summary>90 % of the operations took no longer.</summary>
    public long? P90Nanoseconds => Latency.Quantile(0.9);

    /// <summary>95 % of the operations took no longer.</summary>
    public long? P95Nanoseconds => Latency.Quantile(0.95);

    /// <summary>99 % of the operations took no longer.</summary>
    public long? P99Nanoseconds => Latency.Quantile(0.99);

    /// <summary>99.9 % of the operations took no longer.</summary>
    public long? P999Nanoseconds => Latency.Quantile(0.999);

    /// <summary>What was measured between an earlier snapshot and this one.</summary>
    /// <param name="earlier">A snapshot of the same meter, taken before. Every operation is in one of successive windows.</param>
    /// <returns>A snapshot of the window.</returns>
    /// <exception cref="ArgumentException">The snapshots are of different operations.</exception>
    public OperationSnapshot Since(OperationSnapshot earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Operation != Operation)
            throw new ArgumentException($"It is of the operation '{earlier.Operation}'; allowed: '{Operation}'.", nameof(earlier));
        return this with
        {
            Window = Window > earlier.Window ? Window - earlier.Window : TimeSpan.Zero,
            Count = Math.Max(0, Count - earlier.Count),
            FailedCount = Math.Max(0, FailedCount - earlier.FailedCount),
            Latency = Latency.Since(earlier.Latency),
            AllocatedBytes = AllocatedBytes is { } bytes ? Math.Max(0, bytes - (earlier.AllocatedBytes ?? 0)) : null,
            AllocatingCount = AllocatingCount is { } count ? Math.Max(0, count - (earlier.AllocatingCount ?? 0)) : null,
        };
    }
}
