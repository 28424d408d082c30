namespace PerfKit.Benchmarking;

/// <summary>Another metric of the same runs that changed at the same place: where to look for the cause. Immutable.</summary>
/// <param name="Service">The service or benchmark; empty for the application as a whole.</param>
/// <param name="Operation">The operation; empty when there is none.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Before">Its median before, in that unit.</param>
/// <param name="After">Its median since, in that unit.</param>
/// <param name="PValue">Mann and Whitney's two-sided p-value; <see langword="null"/> for a metric that repeats exactly.</param>
public sealed record MovedMetric(string Service, string Operation, string Metric, string Unit, double Before, double After, double? PValue);
