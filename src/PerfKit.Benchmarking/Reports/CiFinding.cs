using PerfKit.Reporting;

namespace PerfKit.Benchmarking;

/// <summary>One thing that a gate found. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="OperationType">Its operation type.</param>
/// <param name="Measure">The figure it is about, a name of <see cref="BenchmarkMetrics"/>; <c>error</c> for an operation that failed.</param>
/// <param name="Measured">The figure now.</param>
/// <param name="Reference">What it was, or may be at most or at least.</param>
/// <param name="Sentence">All that matters in plain words.</param>
/// <param name="FailsBuild">Whether the configuration says that this fails a build.</param>
public sealed record CiFinding(
    BuildFailure Kind, string Benchmark, string OperationType, string Measure, Quantity Measured, Quantity Reference, string Sentence, bool FailsBuild);
