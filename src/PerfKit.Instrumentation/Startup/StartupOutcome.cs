namespace PerfKit.Instrumentation;

/// <summary>How a timed start-up block ended.</summary>
public enum StartupOutcome
{
    /// <summary>It has not ended yet, or was never disposed; its duration is the time up to the snapshot.</summary>
    Unfinished = 0,

    /// <summary>It ended, and nobody marked it as failed.</summary>
    Succeeded = 1,

    /// <summary>It was marked as failed.</summary>
    Failed = 2,
}
