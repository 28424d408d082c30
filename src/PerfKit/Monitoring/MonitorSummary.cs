using PerfKit.Analysis;

namespace PerfKit;

/// <summary>What the monitor has seen lately. Immutable.</summary>
public sealed record MonitorSummary
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The figures that were seen, by name and service; of services and of the application up to 256.</summary>
    public required IReadOnlyList<FigureSummary> Figures { get; init; }

    /// <summary>Alerts that are not over, oldest first.</summary>
    public required IReadOnlyList<Alert> ActiveAlerts { get; init; }

    /// <summary>Alerts that are over, newest first; the last 256 of them.</summary>
    public required IReadOnlyList<Alert> RecentAlerts { get; init; }

    /// <summary>Where each rule stands, and why: also why it raised nothing.</summary>
    public required IReadOnlyList<AlertStatus> Rules { get; init; }
}

/// <summary>One figure's means. Immutable.</summary>
public sealed record FigureSummary
{
    /// <summary>The threshold's key, or the figure's name.</summary>
    public required string Figure { get; init; }

    /// <summary>The service or operation; <c>null</c> for the process.</summary>
    public string? Service { get; init; }

    /// <summary>The unit in words; empty for a figure that is no threshold.</summary>
    public required string Unit { get; init; }

    /// <summary>The figure at the last sample; <c>null</c> when it was unknown then.</summary>
    public double? Latest { get; init; }

    /// <summary>Mean over the last minute, weighted by time; <c>null</c> when it was unknown all the time.</summary>
    public double? LastMinute { get; init; }

    /// <summary>Mean over the last 5 minutes, likewise.</summary>
    public double? LastFiveMinutes { get; init; }

    /// <summary>Mean over the last 15 minutes, likewise.</summary>
    public double? LastFifteenMinutes { get; init; }

    /// <summary>How much of the last 15 minutes the figure was known for: the means rest on no more than that.</summary>
    public TimeSpan Covered { get; init; }
}
