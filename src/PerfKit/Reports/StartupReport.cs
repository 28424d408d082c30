using System.Collections.Frozen;
using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Reporting;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>What start-up consisted of, and what made it slow. Immutable; it can be written as JSON and read back.</summary>
public sealed record StartupReport
{
    /// <summary>Version of the JSON shape.</summary>
    public int FormatVersion { get; init; } = ReportJson.FormatVersion;

    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>When the audit was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it was made.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>The span from the first scope to ready, or to the last scope's end. Never a sum of durations.</summary>
    public TimeSpan TotalStartupTime { get; init; }

    /// <summary>The part of <see cref="TotalStartupTime"/> that no scope covers.</summary>
    public TimeSpan UntrackedTime { get; init; }

    /// <summary>Process start to first scope; <c>null</c> where unknown.</summary>
    public TimeSpan? BeforeFirstScope { get; init; }

    /// <summary>What the time before the first scope was made of, as far as it can be told; <c>null</c> where unknown.</summary>
    public StartupComposition? BeforeFirst { get; init; }

    /// <summary>The application had said it was ready; otherwise the total may still grow.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Total start-up time of the newest stored run on a like machine; <c>null</c> without a store or such a run.</summary>
    public TimeSpan? PreviousTotalStartupTime { get; init; }

    /// <summary>The <see cref="StartupRecord.Id"/> of the innermost scope that was open in the flow that marked the application ready.</summary>
    public int? ReadyInsideId { get; init; }

    /// <summary>What the host and the application marked, in order of time; before the first scope it counts below zero.</summary>
    public IReadOnlyList<StartupMilestone> Milestones { get; init => field = value ?? []; } = [];

    /// <summary>How many services were analyzed.</summary>
    public int ServicesAnalyzed => Services.Count;

    /// <summary>Metrics of each service, in order of first beginning.</summary>
    public IReadOnlyList<StartupService> Services { get; init => field = value ?? []; } = [];

    /// <summary>Every scope, in order of beginning.</summary>
    public IReadOnlyList<StartupRecord> Records { get; init => field = value ?? []; } = [];

    /// <summary>The chain of work that start-up waited for.</summary>
    public CriticalPath CriticalPath { get; init => field = value ?? new(); } = new();

    /// <summary>Scopes that were not kept because the tracker was full.</summary>
    public long DroppedRecords { get; init; }

    /// <summary>Working set in bytes when the first scope began; <c>null</c> where unknown.</summary>
    public long? BaselineMemoryBytes { get; init; }

    /// <summary>Highest working set in bytes until ready; <c>null</c> where unknown.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>
    /// CPU time of all threads of the process, the runtime's own included, from the first scope to ready; <c>null</c> where
    /// unknown.
    /// </summary>
    public TimeSpan? ProcessCpu { get; init; }

    /// <summary>The limit that the total was compared with.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>What made it slow, by falling impact.</summary>
    public IReadOnlyList<Bottleneck> Bottlenecks { get; init => field = value ?? []; } = [];

    /// <summary>
    /// What would make start-up shorter, also where it is within its limit (<see cref="StartupOpportunities"/>): what is sure
    /// to save most first. Advice of other rules follows.
    /// </summary>
    public IReadOnlyList<Recommendation> Recommendations { get; init => field = value ?? []; } = [];

    /// <summary>Start-up with all of these followed that predict one figure, from one replay; <c>null</c> when none does.</summary>
    public StartupPrediction? Together { get; init; }

    /// <summary>Detectors that failed, and so are not represented.</summary>
    public IReadOnlyList<string> Failures { get; init => field = value ?? []; } = [];

    /// <summary>The records as a snapshot, so that a start that was kept can be replayed with <see cref="StartupWhatIf"/>.</summary>
    /// <returns>The snapshot; its origin is unknown.</returns>
    public StartupSnapshot ToSnapshot() => new()
    {
        Total = TotalStartupTime,
        Untracked = UntrackedTime,
        BeforeFirstScope = BeforeFirstScope,
        BeforeFirst = BeforeFirst,
        ReadyAt = IsComplete ? TotalStartupTime : null,
        ReadyInsideId = ReadyInsideId,
        BaselineWorkingSetBytes = BaselineMemoryBytes,
        PeakWorkingSetBytes = PeakMemoryBytes,
        ProcessCpu = ProcessCpu,
        Records = Records,
        Services = Services.ToFrozenDictionary(service => service.Name, StringComparer.Ordinal),
        DroppedRecords = DroppedRecords,
    };

    /// <summary>The report as a document that can be rendered.</summary>
    /// <returns>The document.</returns>
    public ReportDocument ToDocument() => StartupDocument.Of(this);

    /// <summary>The report as JSON.</summary>
    /// <returns>Indented JSON.</returns>
    public string ToJson() => ReportJson.Write(this, ReportJson.Context.StartupReport);

    /// <summary>Reads a report that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The report.</returns>
    /// <exception cref="FormatException">The text is no such report; the message names the place, and what is allowed.</exception>
    public static StartupReport FromJson(string json)
    {
        StartupReport report = ReportJson.Read(json, ReportJson.Context.StartupReport);
        ReportJson.CheckVersion(report.FormatVersion);
        return report;
    }

    /// <summary>Writes the report as JSON; an existing file is replaced as a whole or not at all.</summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>A task that ends when the file is in place.</returns>
    public Task SaveJsonAsync(string path, CancellationToken cancellationToken = default) =>
        ReportJson.SaveAsync(ToJson(), path, cancellationToken);
}
