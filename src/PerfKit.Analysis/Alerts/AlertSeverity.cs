namespace PerfKit.Analysis;

/// <summary>Which level of its threshold an alert is about.</summary>
public enum AlertSeverity
{
    /// <summary>The figure was past its warning level for the rule's duration.</summary>
    Warning,

    /// <summary>The figure was past its critical level for the rule's duration.</summary>
    Critical,
}
