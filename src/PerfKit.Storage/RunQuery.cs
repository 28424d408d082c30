namespace PerfKit.Storage;

/// <summary>Which runs to return. What is left <see langword="null"/> does not restrict; an empty query returns every run kept.</summary>
public sealed record RunQuery
{
    /// <summary>Gets the application's exact name (ordinal).</summary>
    public string? Application { get; init; }

    /// <summary>Gets the kind of audit.</summary>
    public AuditKind? Kind { get; init; }

    /// <summary>Gets the exact machine fingerprint (ordinal).</summary>
    public string? MachineFingerprint { get; init; }

    /// <summary>Gets the earliest <see cref="AuditRun.FinishedAt"/>, included.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the latest <see cref="AuditRun.FinishedAt"/>, excluded: adjoining windows never share a run.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets how many runs to return at most, the newest first. At least 1.</summary>
    public int? Limit { get; init; }

    internal bool Matches(AuditRun run) =>
        (Application is null || string.Equals(Application, run.Application, StringComparison.Ordinal))
        && (Kind is null || Kind == run.Kind)
        && (MachineFingerprint is null || string.Equals(MachineFingerprint, run.MachineFingerprint, StringComparison.Ordinal))
        && (From is null || run.FinishedAt >= From)
        && (To is null || run.FinishedAt < To);
}
