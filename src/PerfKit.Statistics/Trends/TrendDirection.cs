namespace PerfKit.Statistics;

/// <summary>What a trend test says about a series.</summary>
public enum TrendDirection
{
    /// <summary>There are too few points to say anything (see <see cref="RobustTrend.MinimumCount"/>), or all have one time.</summary>
    Unknown,

    /// <summary>There are enough points, and they do not contradict "no trend" at the confidence asked for.</summary>
    Flat,

    /// <summary>Later values tend to be higher.</summary>
    Rising,

    /// <summary>Later values tend to be lower.</summary>
    Falling,
}
