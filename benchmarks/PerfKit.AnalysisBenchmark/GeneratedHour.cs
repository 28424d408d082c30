using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.AnalysisBenchmark;

/// <summary>Observations of a process that never ran, with every figure that detectors look at.</summary>
internal static class GeneratedHour
{
    public static Observations Create(int samples, int services, bool isFaulty, int seed)
    {
        var random = new Random(seed);
        double fault = isFaulty ? 1 : 0;
        var window = TimeSpan.FromSeconds(samples);
        return new Observations
        {
            Application = "shop",
            Samples = Enumerable.Range(0, samples).Select(i => Sample(i, fault, random)).ToArray(),
            Usage = new UsageSnapshot
            {
                TakenAt = DateTimeOffset.UnixEpoch + window,
                Window = window,
                LockWaitHeard = TimeSpan.FromSeconds(10),
                Services = Enumerable.Range(0, services).Select(i => Usage(i, services, fault, window, random)).ToArray(),
            },
            Operations = [.. Enumerable.Range(0, 20).Select(i => Operation(i, window, random))],
            ProcessCpu = window,
        };
    }

    private static ResourceSample Sample(int i, double fault, Random random) => new()
    {
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(i),
        Interval = TimeSpan.FromSeconds(1),
        CpuCores = 1 + random.NextDouble(),
        CpuPercent = 20 + (70 * fault) + (10 * random.NextDouble()),
        AvailableCores = 4,
        MachineCpuPercent = 40,
        WorkingSetBytes = (200L << 20) + (long)(i * 1e5 * fault) + random.Next(1 << 20),
        ManagedHeapBytes = 80L << 20,
        LiveHeapBytes = (50L << 20) + (long)(i * 1e5 * fault) + random.Next(1 << 20),
        Gen2Collections = i / 5,
        AllocatedBytesPerSecond = 1e7 * random.NextDouble(),
        GcPausePercent = 1 + (20 * fault * random.NextDouble()),
        ThreadPoolThreadCount = 8,
        ThreadPoolQueueDelay = TimeSpan.FromMilliseconds(1 + (500 * fault * random.NextDouble())),
        LockContentionsPerSecond = 10 * random.NextDouble(),
        LockWaitThreads = (0.1 + (3 * fault)) * random.NextDouble(),
        ExceptionCount = i,
        ExceptionsPerSecond = 1 + (500 * fault),
        IoOperationsPerSecond = 1_000 + (80_000 * fault * random.NextDouble()),
        IoReadBytesPerSecond = 1e6 * random.NextDouble(),
        IoWrittenBytesPerSecond = 1e6 * random.NextDouble(),
        CpuPressurePercent = 5,
        CpuThrottledPercent = 10 * fault,
    };

    // Many services are at fault at once, as when one cause is everywhere.
    private static ServiceUsage Usage(int i, int services, double fault, TimeSpan window, Random random) => new()
    {
        Service = $"service-{i}",
        Entries = 1_000,
        Cpu = window * (i % 10 == 0 ? fault : 0.5 / services),
        QueuedForCpu = window * 0.1 / services,
        Blocked = window * (i % 5 == 0 ? fault : 0.5 / services),
        BlockedOnPool = window * (i % 5 == 0 ? fault : 0.5 / services),
        UnsureOnPool = TimeSpan.Zero,
        LockWaitHeard = TimeSpan.FromSeconds(10.0 * random.NextDouble() / services),
        AllocatedBytes = random.Next(),
        Exceptions = random.Next(10),
        IoReadBytes = random.Next(),
        IoWrittenBytes = random.Next(),
        IoOperations = random.Next(1_000),
    };

    private static OperationSnapshot Operation(int i, TimeSpan window, Random random)
    {
        var recorder = new LatencyRecorder();
        for (int n = 0; n < 1_000; n++)
            recorder.Record(random.Next(1, 50_000_000));
        return new OperationSnapshot { Operation = $"operation-{i}", TakenAt = DateTimeOffset.UnixEpoch + window, Window = window, Count = 1_000, Latency = recorder.ToHistogram() };
    }
}
