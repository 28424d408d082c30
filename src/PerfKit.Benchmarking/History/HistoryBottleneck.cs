namespace PerfKit.Benchmarking;

/// <summary>What hurts about a benchmark.</summary>
public enum HistoryBottleneckKind
{
    /// <summary>It takes long.</summary>
    Duration,

    /// <summary>It allocates or holds much memory.</summary>
    Memory,

    /// <summary>Its durations differ from run to run.</summary>
    Variance,

    /// <summary>It fails.</summary>
    Errors,
}

/// <summary>One benchmark's metric that hurts. Immutable.</summary>
public sealed record HistoryBottleneck
{
    /// <summary>Gets the service or benchmark.</summary>
    public required string Service { get; init; }

    /// <summary>Gets the operation; empty when there is none.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets what hurts.</summary>
    public required HistoryBottleneckKind Kind { get; init; }

    /// <summary>Gets the metric that shows it.</summary>
    public required string Metric { get; init; }

    /// <summary>Gets its level: the median of the runs, in <see cref="Unit"/>.</summary>
    public required double Level { get; init; }

    /// <summary>Gets the unit of <see cref="Level"/> and <see cref="Limit"/>.</summary>
    public required string Unit { get; init; }

    /// <summary>Gets the limit it broke.</summary>
    public required double Limit { get; init; }

    /// <summary>Gets how much it hurts, from 0 (at the limit) to 100 (ten times past it, or more).</summary>
    public required double Impact { get; init; }

    /// <summary>Gets how many runs it rests on.</summary>
    public required int Runs { get; init; }
}
