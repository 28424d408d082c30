using PerfKit.Statistics;

namespace PerfKit.Instrumentation;

/// <summary>What all threads together counted.</summary>
internal readonly record struct OperationTally(LatencyHistogram Latency, long Count, long Failed, long AllocatedBytes, long AllocatingCount);
