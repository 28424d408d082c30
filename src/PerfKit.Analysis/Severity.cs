namespace PerfKit.Analysis;

/// <summary>How bad a bottleneck is. It follows from the impact score: see <see cref="Bottleneck.ImpactScore"/>.</summary>
public enum Severity
{
    /// <summary>Impact below 25: past the limit, but only a small part of it is this service's.</summary>
    Low,

    /// <summary>Impact from 25 to below 60: past the warning level.</summary>
    Medium,

    /// <summary>Impact from 60 to below 80: past the critical level.</summary>
    High,

    /// <summary>Impact of 80 and more: far past the critical level.</summary>
    Critical,
}
