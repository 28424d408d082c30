namespace PerfKit.Analysis;

/// <summary>On which side of its limit a figure is wrong.</summary>
public enum AlertComparison
{
    /// <summary>Above the limit; at the limit all is well.</summary>
    Above,

    /// <summary>At the limit or above.</summary>
    AtLeast,

    /// <summary>Below the limit; at the limit all is well.</summary>
    Below,

    /// <summary>At the limit or below.</summary>
    AtMost,
}
