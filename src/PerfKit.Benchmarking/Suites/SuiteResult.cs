namespace PerfKit.Benchmarking;

/// <summary>What one run of a suite measured. Immutable.</summary>
/// <param name="Results">The results, in the order in which the benchmarks ran.</param>
/// <param name="FinishedAt">When the run finished; the stored run bears the same instant.</param>
public sealed record SuiteResult(IReadOnlyList<BenchmarkResult> Results, DateTimeOffset FinishedAt)
{
    /// <summary>Gets whether no benchmark failed.</summary>
    public bool Success => Results.All(result => result.Success);
}
