using System.Text.Json.Serialization;

namespace PerfKit.Reporting;

/// <summary>A figure at an instant.</summary>
/// <param name="At">When, from the chart's zero.</param>
/// <param name="Value">The figure; <see langword="null"/>, not-a-number and the infinities leave a gap in the line.</param>
public readonly record struct ChartPoint(
    TimeSpan At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Value);
