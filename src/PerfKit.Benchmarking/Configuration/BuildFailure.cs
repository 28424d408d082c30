namespace PerfKit.Benchmarking;

/// <summary>What may fail a build.</summary>
public enum BuildFailure
{
    /// <summary>A regression by less than the ratio of a minor one.</summary>
    Slight,

    /// <summary>A minor regression.</summary>
    Minor,

    /// <summary>A critical regression.</summary>
    Critical,

    /// <summary>A figure beyond a threshold of its operation type.</summary>
    Threshold,

    /// <summary>An operation that failed.</summary>
    Error,
}
