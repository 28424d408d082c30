namespace PerfKit.Reporting;

/// <summary>A level that the series of a chart should stay below.</summary>
/// <param name="Label">Its name, such as "warning".</param>
/// <param name="Value">The level, in the unit of the chart.</param>
/// <param name="Tone">How bad it is to be above.</param>
public sealed record ChartLimit(string Label, double Value, FactTone Tone = FactTone.Warning);
