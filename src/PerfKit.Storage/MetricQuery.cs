namespace PerfKit.Storage;

/// <summary>Which figures of which runs to return. What is left <see langword="null"/> does not restrict.</summary>
public sealed record MetricQuery
{
    /// <summary>Gets the application's exact name (ordinal).</summary>
    public string? Application { get; init; }

    /// <summary>Gets what the run measured.</summary>
    public AuditKind? Kind { get; init; }

    /// <summary>Gets the exact name of the service or benchmark (ordinal).</summary>
    public string? Service { get; init; }

    /// <summary>Gets the operation's exact name (ordinal).</summary>
    public string? Operation { get; init; }

    /// <summary>Gets the metric's exact name (ordinal).</summary>
    public string? Metric { get; init; }

    /// <summary>Gets the branch's exact name (ordinal).</summary>
    public string? Branch { get; init; }

    /// <summary>Gets the exact machine fingerprint (ordinal).</summary>
    public string? MachineFingerprint { get; init; }

    /// <summary>Gets the earliest <see cref="AuditRun.FinishedAt"/>, included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the latest <see cref="AuditRun.FinishedAt"/>, excluded: adjoining windows never share a run.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets how many figures to return at most, those of the newest runs. At least 1.</summary>
    public int? Limit { get; init; }

    internal RunQuery Runs => new() { Application = Application, Kind = Kind, MachineFingerprint = MachineFingerprint, From = From, To = To };

    internal bool Matches(AuditRun run) => Runs.Matches(run) && IsOrAny(Branch, run.Branch);

    internal bool Matches(RunMetric metric) =>
        IsOrAny(Service, metric.Service) && IsOrAny(Operation, metric.Operation) && IsOrAny(Metric, metric.Metric);

    private static bool IsOrAny(string? wanted, string? actual) => wanted is null || string.Equals(wanted, actual, StringComparison.Ordinal);
}
