namespace PerfKit.Statistics;

/// <summary>The change points of one series. Immutable.</summary>
public sealed record ChangePointResult
{
    /// <summary>Gets whether there is a change; <see cref="ChangePointVerdict.Unknown"/> when there are too few observations to tell.</summary>
    public required ChangePointVerdict Verdict { get; init; }

    /// <summary>Gets the change points by index, ascending; empty unless the verdict is <see cref="ChangePointVerdict.Changed"/>.</summary>
    public required IReadOnlyList<ChangePoint> ChangePoints { get; init; }

    /// <summary>Gets how many observations were used: those that are finite.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// Gets the width of the noise that changes were weighed against, in the unit of the values: a standard deviation, larger than
    /// that of a single observation when neighbors are alike. <see langword="null"/> when the verdict is unknown.
    /// </summary>
    public double? Noise { get; init; }
}
