using PerfKit.Instrumentation;
using PerfKit.Sampling;

namespace PerfKit.Analysis.Tests;

public sealed class ExpectedFigureTests
{
    // A fault for every rule at run time that a few samples show; the leak's needs a history of its own.
    public static TheoryData<string, string, double, double> Faults => new()
    {
        { "cpu", "CPU used by the service", 1.6, 0.8 },
        { "process cpu", "CPU of the process (median)", 95, 80 },
        { "small calls", "I/O calls of the process", 100_000, 100_000 - (100_000 - (1_000_000 / 4_096.0)) },
        { "bytes", "bytes moved by the process", 3e8, 1e8 },
        { "lock", "threads that wait for a lock, on average", 3, 0.5 },
        { "blocking", "pool threads held by the service, on average", 4, 0.5 },
        { "pool", "wait for a pool thread (75th percentile)", 2, 0.1 },
        { "collections", "time paused for garbage collection", 40, 10 },
        { "exceptions", "exceptions thrown (median)", 5_000, 100 },
        { "quota", "quota periods throttled", 60, 5 },
        { "memory", "working set (median)", 4L << 30, 1L << 30 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Recommendations_ofEveryRule_sayWhichFigureShouldBecomeWhat(string fault, string figure, double before, double expected)
    {
        AnalysisResult result = new BottleneckAnalyzer().Analyze(Faulty(fault), new Thresholds());

        ExpectedFigure verified = Assert.Single(result.Recommendations, advice => advice.Expected?.Figure == figure).Expected!;
        Assert.Equal(before, verified.Before, before * 1e-6);
        Assert.Equal(expected, verified.Expected, expected * 1e-6);
        Assert.NotNull(VerifiableFigure.Named(figure));
        Assert.Equal(fault is "cpu" or "blocking" ? "orders" : null, verified.Of);
    }

    [Fact]
    public void Recommendations_ofPredictionsInOneFigure_expectAllOfIt()
    {
        Recommendation advice = new BottleneckAnalyzer().Analyze(Faulty("memory"), new Thresholds()).Recommendations[0];
        Bottleneck found = new BottleneckAnalyzer().Analyze(Faulty("memory"), new Thresholds()).Bottlenecks[0];

        advice = VerifiableFigure.Expecting(advice with { Expected = null, Saving = new PredictedSaving(1e9, 1e9, MeasureUnit.Bytes, "memory") }, found, Faulty("memory"));

        Assert.Equal((4L << 30) - 1e9, advice.Expected!.Expected);
    }

    private static Observations Faulty(string fault)
    {
        var usage = new ServiceUsage { Service = "orders" };
        return fault switch
        {
            "cpu" => Observed.Samples(_ => new ResourceSample { CpuPercent = 60, CpuCores = 1.7 }).With(usage with { Cpu = TimeSpan.FromSeconds(16) }),
            "process cpu" => Each(new ResourceSample { CpuPercent = 95 }),
            "small calls" => Each(new ResourceSample { IoOperationsPerSecond = 100_000, IoReadBytesPerSecond = 1_000_000, IoWrittenBytesPerSecond = 0 }),
            "bytes" => Each(new ResourceSample { IoOperationsPerSecond = 10, IoReadBytesPerSecond = 3e8, IoWrittenBytesPerSecond = 0 }),
            "lock" => Each(new ResourceSample { LockWaitThreads = 3 }),
            "blocking" => Observed.Nothing.With(usage with { Cpu = TimeSpan.Zero, Blocked = TimeSpan.FromSeconds(40), BlockedOnPool = TimeSpan.FromSeconds(40), QueuedForCpu = TimeSpan.Zero }),
            "pool" => Each(new ResourceSample { ThreadPoolQueueDelay = TimeSpan.FromSeconds(2) }),
            "collections" => Each(new ResourceSample { GcPausePercent = 40 }),
            "exceptions" => Each(new ResourceSample { ExceptionsPerSecond = 5_000 }),
            "quota" => Each(new ResourceSample { CpuThrottledPercent = 60 }),
            _ => Each(new ResourceSample { WorkingSetBytes = 4L << 30 }),
        };
    }

    private static Observations Each(ResourceSample sample) => Observed.Samples(_ => sample);
}
