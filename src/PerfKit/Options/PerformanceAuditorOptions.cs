using PerfKit.Analysis;

namespace PerfKit;

/// <summary>How the auditor samples, what it calls too much, and where it keeps its log.</summary>
public sealed class PerformanceAuditorOptions
{
    /// <summary>The application's name in reports and logs.</summary>
    /// <value>Default <c>null</c>: the host's application name, or the entry assembly's. Not blank; up to 256 characters.</value>
    public string? ApplicationName { get; set; }

    /// <summary>Time between two samples. Short ones cost more than <see cref="OwnCpuPercent"/> allows by default: raise both, or samples are left out.</summary>
    /// <value>Default 1 second. From 10 ms to 10 minutes, both included.</value>
    public TimeSpan SamplingInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How far back samples are kept. A sample takes about a kilobyte.</summary>
    /// <value>Default 1 hour. From two sampling intervals to 1,000,000 of them.</value>
    public TimeSpan SampleHistory { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far back the sampler's history remembers stretches of 10 seconds and of a minute: <see cref="Sampling.SampleHistory.Tiers"/>.</summary>
    /// <value>Default 1 day, which takes some 8.5 MB once it has passed. From zero (nothing) to 7 days, both included.</value>
    public TimeSpan CoarseHistory { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How far back <see cref="IPerformanceAuditor.IdentifyBottlenecksAsync"/> looks.</summary>
    /// <value>Default 5 minutes. From 1 second to 1 day; samples older than <see cref="SampleHistory"/> are gone.</value>
    public TimeSpan AnalysisWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>When it is watched who makes whom wait. Watching costs where there is contention, so it is off but for a window.</summary>
    /// <value>Default <see cref="WaitWatching.OnDemand"/>: only while <see cref="IPerformanceAuditor.WatchWaitsAsync"/> runs.</value>
    public WaitWatching WaitWatching { get; set; }

    /// <summary>How long waits are watched when a limit was broken; no such watch begins until nine times as long has passed.</summary>
    /// <value>Default 30 seconds. From 1 second to 10 minutes, both included.</value>
    public TimeSpan WaitWatchDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Folders whose disks are watched; their space is read every ten seconds.</summary>
    /// <value>Default empty: none. Up to 64, not blank.</value>
    public ICollection<string> DiskPaths { get; } = [];

    /// <summary>Says of each service and process that is discovered how much the application needs it; the first rule with an opinion decides.</summary>
    /// <value>Default <see cref="ServiceTypeRule.Defaults"/>: insert your own before them, or clear the list. Without an opinion a service is
    /// background. Up to 256, each with a name.</value>
    public IList<ServiceTypeRule> ServiceTypeRules { get; } = [.. ServiceTypeRule.Defaults];

    /// <summary>The limits that detectors and alerts compare with. The only options that a reload of the configuration changes.</summary>
    public Thresholds Thresholds { get; set; } = new();

    /// <summary>What the monitor watches while the application runs, where there is one.</summary>
    public MonitoringOptions Monitoring { get; } = new();

    /// <summary>Rules that are not to be reported.</summary>
    public ICollection<RuleId> SuppressedRules { get; } = [];

    /// <summary>File that every audit is written to, one JSON object a line; its folder is made when it is missing.</summary>
    /// <value>Default <c>null</c>: no audit log. Not blank.</value>
    public string? AuditLogPath { get; set; }

    /// <summary>Size at which the audit log is set aside as <c>NAME.1</c> and begun anew.</summary>
    /// <value>Default 10 MiB. From 4 KiB to 1 GiB, both included.</value>
    public long AuditLogMaxBytes { get; set; } = 10 << 20;

    /// <summary>How many files set aside are kept.</summary>
    /// <value>Default 4. From 0 to 100, both included.</value>
    public int AuditLogKeptFiles { get; set; } = 4;

    /// <summary>
    /// CPU that PerfKit itself may use while it samples, of one core. Above it, it lowers its own detail step by step, at last by taking
    /// fewer samples than <see cref="SamplingInterval"/> asks for, says so in the log and in reports, and takes the detail back when there is room; see docs/services.md.
    /// What it is asked for, such as an audit's analysis, does not count.
    /// </summary>
    /// <value>Default 1 percent. Above 0 up to 100.</value>
    public double OwnCpuPercent { get; set; } = 1;

    /// <summary>
    /// Whether the first audit of a start that is over replays its records as spans of the activity source <c>PerfKit</c>, with
    /// the times that were measured, for OpenTelemetry and other listeners: up to 10,000 of them.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ExportStartupActivities { get; set; }

    /// <summary>What a configuration section said that no option could take; reported with all other mistakes.</summary>
    internal List<string> ConfigurationErrors { get; } = [];
}
