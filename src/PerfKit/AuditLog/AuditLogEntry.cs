using PerfKit.Analysis;

namespace PerfKit;

/// <summary>A line of the audit log.</summary>
internal sealed record AuditLogEntry
{
    public required DateTimeOffset Time { get; init; }

    /// <summary><c>startup</c> or <c>runtime</c>.</summary>
    public required string Audit { get; init; }

    public required string Application { get; init; }

    public required double Seconds { get; init; }

    public int Services { get; init; }

    public int? Samples { get; init; }

    public bool? IsPartial { get; init; }

    public IReadOnlyList<AuditLogBottleneck> Bottlenecks { get; init; } = [];
}

/// <summary>A bottleneck in a line of the audit log.</summary>
internal sealed record AuditLogBottleneck(RuleId Rule, string Service, Severity Severity, double ImpactScore, string Description);
