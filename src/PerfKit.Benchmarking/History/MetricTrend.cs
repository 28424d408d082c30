using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>Where one metric has been going over a window. Immutable.</summary>
public sealed record MetricTrend
{
    /// <summary>Gets the service or benchmark; empty for the application as a whole.</summary>
    public required string Service { get; init; }

    /// <summary>Gets the operation; empty when there is none.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets the metric's name.</summary>
    public required string Metric { get; init; }

    /// <summary>Gets its unit.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the machine's fingerprint; each machine has trends of its own.</summary>
    public required string MachineFingerprint { get; init; }

    /// <summary>Gets how many runs there are.</summary>
    public required int Runs { get; init; }

    /// <summary>Gets the robust trend, its slope in units a day.</summary>
    public required Trend Trend { get; init; }

    /// <summary>Gets whether that direction is worse (<see langword="true"/>), better (<see langword="false"/>), or neither (<see langword="null"/>).</summary>
    public bool? IsWorse { get; init; }

    /// <summary>Gets the slope as a share of the median, a day: 0.01 is 1 % a day; <see langword="null"/> when there is none, or the median is 0.</summary>
    public double? ShareADay { get; init; }

    /// <summary>Gets the robust coefficient of variation around the trend; <see langword="null"/> when the median is 0.</summary>
    public double? Variation { get; init; }

    /// <summary>Gets the runs (positions from the oldest) at which the level or slope changed.</summary>
    public required IReadOnlyList<ChangePoint> ChangePoints { get; init; }

    /// <summary>Gets the positions, from the oldest, of runs that are far from the rest.</summary>
    public required IReadOnlyList<int> Outliers { get; init; }

    /// <summary>Gets what the next run is expected to show; <see langword="null"/> with too few runs.</summary>
    public Forecast? Next { get; init; }
}
