namespace PerfKit.Reporting;

/// <summary>How soon a recommendation should be followed.</summary>
public enum AdvicePriority
{
    /// <summary>When there is time.</summary>
    Low,

    /// <summary>Plan it.</summary>
    Medium,

    /// <summary>Next.</summary>
    High,

    /// <summary>Now.</summary>
    Critical,
}
