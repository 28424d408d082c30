namespace PerfKit.Analysis;

/// <summary>Where a rule stands.</summary>
public enum AlertState
{
    /// <summary>The last sample had no such figure.</summary>
    NoData,

    /// <summary>The figure keeps its limit.</summary>
    Within,

    /// <summary>The figure is past its limit, but not for long enough.</summary>
    Pending,

    /// <summary>The figure is past its limit for long enough, and the alert before is not long enough ago.</summary>
    CoolingDown,

    /// <summary>An alert has been raised and is not over.</summary>
    Firing,
}

/// <summary>Where a rule stands, for the process or for one service, and why. Immutable.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Service">The service or operation; <c>null</c> for the process.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Value">The last known figure; <c>null</c> when none was ever seen.</param>
/// <param name="Levels">The limits that it is compared with.</param>
/// <param name="PastLimit">How long the figure has been past its warning limit without a break; zero when it is not.</param>
public sealed record AlertStatus(string Rule, string? Service, AlertState State, double? Value, ThresholdLevels Levels, TimeSpan PastLimit);
