namespace PerfKit.Storage;

/// <summary>One figure with the run it came from: a point of a history.</summary>
/// <param name="RunId">The run's <see cref="AuditRun.Id"/>.</param>
/// <param name="FinishedAt">When the run finished.</param>
/// <param name="Commit">The source revision that was measured; <see langword="null"/> when it is not known.</param>
/// <param name="Branch">The branch; <see langword="null"/> when it is not known.</param>
/// <param name="MachineFingerprint">Equal for machines whose figures may be compared.</param>
/// <param name="Figure">The figure, with what it belongs to and its unit.</param>
public sealed record MetricPoint(
    Guid RunId, DateTimeOffset FinishedAt, string? Commit, string? Branch, string MachineFingerprint, RunMetric Figure);
