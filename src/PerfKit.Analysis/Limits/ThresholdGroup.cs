namespace PerfKit.Analysis;

/// <summary>What a threshold is about, and which section of a configuration it stands in.</summary>
public enum ThresholdGroup
{
    /// <summary>The process and its machine: <c>system_thresholds</c>.</summary>
    System,

    /// <summary>A service or an operation: <c>service_thresholds</c>. Single services may have limits of their own.</summary>
    Service,

    /// <summary>A database, whose figures the application provides: <c>database_thresholds</c>.</summary>
    Database,
}
