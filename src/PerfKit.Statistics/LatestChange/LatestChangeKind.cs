namespace PerfKit.Statistics;

/// <summary>How a series changed last.</summary>
public enum LatestChangeKind
{
    /// <summary>From one value to the next.</summary>
    Step,

    /// <summary>A little with each value.</summary>
    Drift,
}
