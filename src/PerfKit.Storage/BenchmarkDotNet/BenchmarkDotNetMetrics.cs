namespace PerfKit.Storage;

/// <summary>The names under which the figures of a report are stored: what <see cref="RunMetric.Metric"/> says. They do not change.</summary>
/// <remarks>A figure's service is the benchmark's type, its operation the method with its parameters; times are in <c>ns</c>, sizes in <c>B</c>.</remarks>
public static class BenchmarkDotNetMetrics
{
    /// <summary>The mean time of an operation.</summary>
    public const string Mean = "mean";

    /// <summary>The median time of an operation.</summary>
    public const string Median = "median";

    /// <summary>The standard error of <see cref="Mean"/>.</summary>
    public const string StandardError = "standard error";

    /// <summary>The 95th percentile of the time of an operation.</summary>
    public const string P95 = "p95";

    /// <summary>How many iterations were measured.</summary>
    public const string Iterations = "iterations";

    /// <summary>The managed bytes that an operation allocated.</summary>
    public const string Allocated = "allocated";

    /// <summary>Collections of generation 0 in 1,000 operations.</summary>
    public const string Gen0 = "gen0";

    /// <summary>Collections of generation 1 in 1,000 operations.</summary>
    public const string Gen1 = "gen1";

    /// <summary>Collections of generation 2 in 1,000 operations.</summary>
    public const string Gen2 = "gen2";
}
