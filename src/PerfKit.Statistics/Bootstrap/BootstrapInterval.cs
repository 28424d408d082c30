namespace PerfKit.Statistics;

/// <summary>An estimate with its interval, in the unit of the statistic. Immutable.</summary>
public sealed record BootstrapInterval
{
    /// <summary>Gets the statistic of the sample as given.</summary>
    public required double Estimate { get; init; }

    /// <summary>Gets the lower end of the interval.</summary>
    public required double Low { get; init; }

    /// <summary>Gets the upper end of the interval.</summary>
    public required double High { get; init; }

    /// <summary>Gets the standard deviation of the statistic over the draws.</summary>
    public required double StandardError { get; init; }

    /// <summary>Gets whether the interval is BCa; otherwise it is the percentiles of the draws.</summary>
    public required bool IsBiasCorrected { get; init; }
}
