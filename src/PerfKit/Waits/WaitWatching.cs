namespace PerfKit;

/// <summary>When it is watched who makes whom wait.</summary>
public enum WaitWatching
{
    /// <summary>Only while <see cref="IPerformanceAuditor.WatchWaitsAsync"/> runs.</summary>
    OnDemand,

    /// <summary>
    /// Also for <see cref="PerformanceAuditorOptions.WaitWatchDuration"/> after a sample in which threads waited for locks, work waited for
    /// the pool, or collections paused the process for as much as the threshold's warning level or more.
    /// </summary>
    OnBreach,

    /// <summary>Also while a run-time audit runs.</summary>
    DuringAudits,
}
