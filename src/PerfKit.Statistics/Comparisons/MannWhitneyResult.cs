namespace PerfKit.Statistics;

/// <summary>
/// How two samples compare. Immutable. All figures are <see langword="null"/> when a sample has no finite value, and shifts also
/// when they are too large for a <see cref="double"/>.
/// </summary>
public sealed record MannWhitneyResult
{
    /// <summary>Gets how many finite values the sample before has.</summary>
    public required int CountBefore { get; init; }

    /// <summary>Gets how many finite values the sample after has.</summary>
    public required int CountAfter { get; init; }

    /// <summary>Gets the pairs (one value of each sample) in which the one after is larger; a tie counts one half.</summary>
    public double? U { get; init; }

    /// <summary>Gets whether the p-values are exact; otherwise they are the normal distribution's.</summary>
    public bool IsExact { get; init; }

    /// <summary>Gets the two-sided p-value, from 0 to 1: twice the smaller of the one-sided ones, at most 1.</summary>
    public double? PValue { get; init; }

    /// <summary>Gets the probability, were the samples alike, of a U this small or smaller: low when the values after tend to be smaller.</summary>
    public double? PValueLess { get; init; }

    /// <summary>Gets the probability, were the samples alike, of a U this large or larger: low when the values after tend to be larger.</summary>
    public double? PValueGreater { get; init; }

    /// <summary>Gets how often a value after is larger than one before, from 0 to 1; ties count one half. 0.5 is no difference.</summary>
    public double? ProbabilityOfSuperiority { get; init; }

    /// <summary>
    /// Gets Cliff's delta, from −1 (every value after is smaller) to 1 (every value after is larger). By J. Romano et al. (2006)
    /// below 0.147 is negligible, below 0.33 small, below 0.474 medium.
    /// </summary>
    public double? CliffsDelta { get; init; }

    /// <summary>Gets the Hodges–Lehmann shift, the median difference of all pairs (after less before), in the unit of the values.</summary>
    public double? Shift { get; init; }

    /// <summary>
    /// Gets the lower end of the shift's interval; <see langword="null"/> also when there are too few values to bound it at the
    /// confidence asked for. The interval is never narrower than that confidence when p-values are exact.
    /// </summary>
    public double? ShiftLow { get; init; }

    /// <summary>Gets the upper end of the shift's interval; <see langword="null"/> as <see cref="ShiftLow"/>.</summary>
    public double? ShiftHigh { get; init; }
}
