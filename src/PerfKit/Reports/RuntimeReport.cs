using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Reporting;
using PerfKit.Sampling;

namespace PerfKit;

/// <summary>What the process did for a while, and what made it slow. Immutable; it can be written as JSON and read back.</summary>
public sealed record RuntimeReport
{
    /// <summary>Version of the JSON shape.</summary>
    public int FormatVersion { get; init; } = ReportJson.FormatVersion;

    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>When the audit ended.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it was made.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>How long the process was watched.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How long it was to be watched.</summary>
    public TimeSpan RequestedDuration { get; init; }

    /// <summary>The audit was ended early: the figures are right, but of a shorter time than asked for.</summary>
    public bool IsPartial { get; init; }

    /// <summary>How many services of this process were seen: tracked at start, hosted, or entered as a context.</summary>
    public int ServicesMonitored { get; init; }

    /// <summary>The samples, oldest first.</summary>
    public IReadOnlyList<ResourceSample> Samples { get; init => field = value ?? []; } = [];

    /// <summary>Samples taken during the audit that the history could no longer hold.</summary>
    public long DroppedSamples { get; init; }

    /// <summary>What each service used, by falling CPU.</summary>
    public IReadOnlyList<ServiceUsage> Usage { get; init => field = value ?? []; } = [];

    /// <summary>What the operation meters measured while the process was watched, by falling count; those without operations are left out.</summary>
    public IReadOnlyList<OperationSnapshot> Operations { get; init => field = value ?? []; } = [];

    /// <summary>CPU time of the whole process; <c>null</c> where unknown.</summary>
    public TimeSpan? ProcessCpu { get; init; }

    /// <summary>CPU time that belongs to no service: the runtime, the framework, code outside every context.</summary>
    public TimeSpan? UnattributedCpu { get; init; }

    /// <summary>Who made whom wait, where that was watched during the audit; <c>null</c> where it was not.</summary>
    public WaitTable? Waits { get; init; }

    /// <summary>The limits that the figures were compared with.</summary>
    public required Thresholds Thresholds { get; init; }

    /// <summary>What made it slow, by falling impact.</summary>
    public IReadOnlyList<Bottleneck> Bottlenecks { get; init => field = value ?? []; } = [];

    /// <summary>What to do, in the order of the bottlenecks.</summary>
    public IReadOnlyList<Recommendation> Recommendations { get; init => field = value ?? []; } = [];

    /// <summary>How the process does, 0 to 100, higher is better; <c>null</c> in reports of versions that had no scores.</summary>
    public ScoreCard? Scores { get; init; }

    /// <summary>How each service does, in the order of <see cref="Usage"/>.</summary>
    public IReadOnlyList<ScoreCard> ServiceScores { get; init => field = value ?? []; } = [];

    /// <summary>What every rule saw, and why it did or did not find something.</summary>
    public IReadOnlyList<Explanation> Explanations { get; init => field = value ?? []; } = [];

    /// <summary>Where the figures were heading.</summary>
    public IReadOnlyList<ResourceTrend> Trends { get; init => field = value ?? []; } = [];

    /// <summary>Figures that could not be read, and why.</summary>
    public IReadOnlyList<UnavailableFigure> UnavailableFigures { get; init => field = value ?? []; } = [];

    /// <summary>What was looked at less closely because PerfKit was over its CPU budget, and why; <c>null</c> at full detail.</summary>
    public string? LoweredDetail { get; init; }

    /// <summary>Detectors that failed, and so are not represented.</summary>
    public IReadOnlyList<string> Failures { get; init => field = value ?? []; } = [];

    /// <summary>The report as a document that can be rendered.</summary>
    /// <returns>The document.</returns>
    public ReportDocument ToDocument() => RuntimeDocument.Of(this);

    /// <summary>The report as JSON.</summary>
    /// <returns>Indented JSON.</returns>
    public string ToJson() => ReportJson.Write(this, ReportJson.Context.RuntimeReport);

    /// <summary>Reads a report that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The report.</returns>
    /// <exception cref="FormatException">The text is no such report; the message names the place, and what is allowed.</exception>
    public static RuntimeReport FromJson(string json)
    {
        RuntimeReport report = ReportJson.Read(json, ReportJson.Context.RuntimeReport);
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
