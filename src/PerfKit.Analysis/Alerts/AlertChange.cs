namespace PerfKit.Analysis;

/// <summary>What happened to an alert.</summary>
public enum AlertChangeKind
{
    /// <summary>It was raised.</summary>
    Fired,

    /// <summary>It was a warning, and has become critical.</summary>
    Escalated,

    /// <summary>The figure has been back for the rule's duration.</summary>
    Resolved,

    /// <summary>It ended without being resolved: its figure has been missing for five minutes, or its rule is gone.</summary>
    Lost,
}

/// <summary>A change of an alert. Immutable.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Alert">The alert after it.</param>
public sealed record AlertChange(AlertChangeKind Kind, Alert Alert);
