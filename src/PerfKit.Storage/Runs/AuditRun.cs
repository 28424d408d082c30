namespace PerfKit.Storage;

/// <summary>The figures of one finished audit, kept so that the next one can be compared with it.</summary>
/// <remarks>Immutable as long as <see cref="Metrics"/> is. Two runs are equal only when they share one list of metrics.</remarks>
public sealed record AuditRun
{
    /// <summary>Gets what tells this run from any other, on any machine. Not all zeros.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the name of the audited application, from 1 to 256 characters.</summary>
    public required string Application { get; init; }

    /// <summary>Gets what the audit looked at.</summary>
    public required AuditKind Kind { get; init; }

    /// <summary>Gets when the audit finished. Runs are ordered by this.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Gets a text that is equal for machines whose figures may be compared, from 1 to 256 characters.</summary>
    public required string MachineFingerprint { get; init; }

    /// <summary>Gets the figures, in no particular order; at most 10,000.</summary>
    public required IReadOnlyList<RunMetric> Metrics { get; init; }

    /// <summary>Gets the source revision that was audited, from 1 to 256 characters; <see langword="null"/> when it is not known.</summary>
    public string? Commit { get; init; }
}
