using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>What happened in one second of a load test, or in a few when it is long. Immutable.</summary>
/// <param name="Start">When it began, from the start of the test.</param>
/// <param name="Length">How long it is; the last one of a test may be cut short by its end.</param>
/// <param name="Latency">Latencies of the operations that ended in it, failed ones included.</param>
/// <param name="Failed">How many of those failed.</param>
public sealed record LoadInterval(TimeSpan Start, TimeSpan Length, LatencyHistogram Latency, long Failed);
