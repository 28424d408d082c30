using System.Collections.Frozen;

namespace PerfKit.Storage;

/// <summary>The figures of one finished audit, benchmark or load test, kept so that the next one can be compared with it.</summary>
/// <remarks>
/// Its texts are valid Unicode: half of a surrogate pair is refused. Immutable as long as <see cref="Metrics"/> is. Two runs are equal
/// only when they share one list of metrics and one of facts.
/// </remarks>
public sealed record AuditRun
{
    /// <summary>Gets what tells this run from any other, on any machine. Not all zeros.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the name of the audited application, from 1 to 256 characters.</summary>
    public required string Application { get; init; }

    /// <summary>Gets what was measured.</summary>
    public required AuditKind Kind { get; init; }

    /// <summary>Gets when the measurement finished. Runs are ordered by this.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Gets a text that is equal for machines whose figures may be compared, from 1 to 256 characters.</summary>
    public required string MachineFingerprint { get; init; }

    /// <summary>Gets the figures, in no particular order; at most 10,000.</summary>
    public required IReadOnlyList<RunMetric> Metrics { get; init; }

    /// <summary>Gets the source revision that was audited, from 1 to 256 characters; <see langword="null"/> when it is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>Gets the branch of <see cref="Commit"/>, from 1 to 256 characters; <see langword="null"/> when it is not known.</summary>
    public string? Branch { get; init; }

    /// <summary>
    /// Gets what else is known of the conditions, such as the processor's model, as texts of at most 256 characters by name; at
    /// most 64.
    /// </summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = FrozenDictionary<string, string>.Empty;
}
