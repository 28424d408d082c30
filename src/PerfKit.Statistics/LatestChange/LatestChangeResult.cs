namespace PerfKit.Statistics;

/// <summary>Whether the newest values of a series are higher than those before. Immutable.</summary>
public sealed record LatestChangeResult
{
    /// <summary>Gets the verdict; <see cref="ChangePointVerdict.Unknown"/> when there are too few values to tell.</summary>
    public required ChangePointVerdict Verdict { get; init; }

    /// <summary>Gets how many finite values there are since the last change before the newest ones (or since the beginning).</summary>
    public required int Count { get; init; }

    /// <summary>Gets where those values begin in the values as given: 0, or where an older change was found.</summary>
    public required int Start { get; init; }

    /// <summary>
    /// Gets the probability of newest values this high, or higher, were nothing changed; <see langword="null"/> when the verdict is unknown. It
    /// allows for all places and lengths that were tried, and for what is not known of the noise's memory.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>Gets what fits best, a step or a drift, whatever the verdict; <see langword="null"/> when it is unknown.</summary>
    public LatestChangeKind? Kind { get; init; }

    /// <summary>Gets the position, in the values as given, of the first value of the likeliest change.</summary>
    public int? Index { get; init; }

    /// <summary>Gets the earliest likely position; with <see cref="LastIndex"/> it covers 95 % of what could be, there being one change.</summary>
    public int? FirstIndex { get; init; }

    /// <summary>Gets the latest likely position, not before <see cref="Index"/>.</summary>
    public int? LastIndex { get; init; }

    /// <summary>Gets the median of the values before the change, in the unit of the values.</summary>
    public double? LevelBefore { get; init; }

    /// <summary>Gets the median of the values since a step, or of the newest five at most of a drift, in the unit of the values.</summary>
    public double? LevelAfter { get; init; }

    /// <summary>Gets the width of the noise: the robust standard deviation of the values before the newest ones, in their unit.</summary>
    public double? Noise { get; init; }

    /// <summary>
    /// Gets how much of a deviation is remembered from value to value, from 0 (each is on its own) to 0.98 (a wave so slow that it looks like a
    /// change).
    /// </summary>
    public double? Memory { get; init; }
}
