namespace PerfKit.Benchmarking;

/// <summary>How far a load test is; reported about once a second.</summary>
/// <param name="Name">The load test or its phase.</param>
/// <param name="Elapsed">Since the first operation was due.</param>
/// <param name="Completed">Operations that ended, failed ones included.</param>
/// <param name="Failed">Operations that failed.</param>
/// <param name="Fraction">The part that is done, 0 to 1.</param>
public readonly record struct LoadProgress(string Name, TimeSpan Elapsed, long Completed, long Failed, double Fraction);
