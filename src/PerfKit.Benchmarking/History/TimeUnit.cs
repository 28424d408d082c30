namespace PerfKit.Benchmarking;

internal static class TimeUnit
{
    /// <summary>How many seconds a unit is; <see langword="null"/> when it is no unit of time.</summary>
    public static double? Seconds(string unit) => unit switch
    {
        "s" => 1,
        "ms" => 1e-3,
        "µs" or "us" => 1e-6,
        "ns" => 1e-9,
        _ => null,
    };
}
