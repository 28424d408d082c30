namespace PerfKit.Benchmarking;

/// <summary>What to do first, and what it would save. Immutable.</summary>
public sealed record OptimizationPlan
{
    /// <summary>Gets the steps, critical ones first, then by what they save.</summary>
    public required IReadOnlyList<OptimizationStep> Steps { get; init; }

    /// <summary>
    /// Gets the share of all benchmarks' time that the steps would save together, from 0 to 1, each operation counted once a run and no saving counted
    /// twice; <see langword="null"/> when no durations are stored.
    /// </summary>
    public double? EstimatedImprovement { get; init; }
}

/// <summary>One thing to do. Immutable.</summary>
/// <param name="Service">The service or benchmark.</param>
/// <param name="Operation">The operation; empty when there is none.</param>
/// <param name="Severity">How urgent: a regression's own severity; a bottleneck is critical from an impact of 50 on, else minor.</param>
/// <param name="Action">What to do, in plain words.</param>
/// <param name="Saving">
/// What it would save of the metric, as a share from 0 to 1: back to the level before a regression, or to the limit that is broken.
/// </param>
/// <param name="SavedSeconds">That saving of one operation in seconds; <see langword="null"/> when the metric is no duration.</param>
/// <param name="Evidence">What it rests on: the verdict's sentence, or the figure beside its limit.</param>
public sealed record OptimizationStep(
    string Service, string Operation, RegressionSeverity Severity, string Action, double Saving, double? SavedSeconds, string Evidence);
