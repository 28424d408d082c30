using System.Collections.Frozen;

namespace PerfKit.Instrumentation;

/// <summary>What a <see cref="StartupTracker"/> knew at one instant. Immutable, safe to share between threads.</summary>
public sealed record StartupSnapshot
{
    /// <summary>A snapshot of a tracker in which no scope has begun.</summary>
    public static StartupSnapshot Empty { get; } = new();

    /// <summary>When the first scope began; every <c>StartedAt</c> counts from here. <c>null</c> without records.</summary>
    public DateTimeOffset? Origin { get; init; }

    /// <summary>
    /// Start-up time: the span from the first beginning to <see cref="ReadyAt"/>, or to the last end (up to now for an
    /// unfinished scope) when nobody marked the application as ready. Never the sum of durations.
    /// </summary>
    public TimeSpan Total { get; init; }

    /// <summary>The part of <see cref="Total"/> in which no scope was open: start-up work that nobody named.</summary>
    public TimeSpan Untracked { get; init; }

    /// <summary>Process start to first scope (runtime start, host building before it); <c>null</c> where unknown.</summary>
    public TimeSpan? BeforeFirstScope { get; init; }

    /// <summary>
    /// What <see cref="BeforeFirstScope"/> was made of, as far as it can be told afterwards; <c>null</c> where that is. Where
    /// the first scope began on the process's first thread (Linux), it is that thread's time; elsewhere the whole process's,
    /// and what the process did not run is <see cref="StartupComposition.Unknown"/>.
    /// </summary>
    public StartupComposition? BeforeFirst { get; init; }

    /// <summary>When the application was marked ready, from <see cref="Origin"/>; <c>null</c> when it was not.</summary>
    public TimeSpan? ReadyAt { get; init; }

    /// <summary>The <see cref="StartupRecord.Id"/> of the innermost scope that was open in the flow that marked the application ready.</summary>
    public int? ReadyInsideId { get; init; }

    /// <summary>Working set in bytes when the first scope began; <c>null</c> where unknown.</summary>
    public long? BaselineWorkingSetBytes { get; init; }

    /// <summary>Highest working set in bytes from process start until ready, or until now; <c>null</c> where unknown.</summary>
    public long? PeakWorkingSetBytes { get; init; }

    /// <summary>Instants that were marked, in order of time; they may lie before <see cref="Origin"/> and after ready.</summary>
    public IReadOnlyList<StartupMilestone> Milestones { get; init => field = value ?? []; } = [];

    /// <summary>
    /// CPU time of all threads of the process, the runtime's own included, from the first scope to ready, or until now;
    /// <c>null</c> where unknown.
    /// </summary>
    public TimeSpan? ProcessCpu { get; init; }

    /// <summary>Every scope, in order of beginning.</summary>
    public IReadOnlyList<StartupRecord> Records { get; init => field = value ?? []; } = [];

    /// <summary>Scopes taken together by name. Names are compared ordinally.</summary>
    public IReadOnlyDictionary<string, StartupService> Services { get; init => field = value ?? FrozenDictionary<string, StartupService>.Empty; } = FrozenDictionary<string, StartupService>.Empty;

    /// <summary>Scopes that were not kept because the tracker was full.</summary>
    public long DroppedRecords { get; init; }
}
