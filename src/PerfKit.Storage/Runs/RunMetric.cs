namespace PerfKit.Storage;

/// <summary>One figure of a run. A figure that could not be measured is left out, never stored as 0.</summary>
/// <param name="Service">
/// The service or the benchmark it belongs to; empty for the application as a whole. At most 256 characters.
/// </param>
/// <param name="Metric">What was measured, from 1 to 256 characters. It is compared ordinally, so keep it stable.</param>
/// <param name="Value">The figure in <paramref name="Unit"/>; finite.</param>
/// <param name="Unit">The unit, for example <c>ms</c>, <c>B</c> or <c>cores</c>; empty for a bare count. At most 256 characters.</param>
public sealed record RunMetric(string Service, string Metric, double Value, string Unit)
{
    /// <summary>Gets the operation within the service or benchmark; empty when there is none. At most 256 characters.</summary>
    public string Operation { get; init; } = "";
}
