using PerfKit.Analysis;
using PerfKit.Instrumentation;
using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Tests;

/// <summary>Two reports with something in every part.</summary>
internal static class Reports
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly MachineFacts Machine = new()
    {
        OperatingSystem = "Linux 6.1", Architecture = "X64", ProcessorCount = 4, Runtime = ".NET 10.0.0",
    };

    public static StartupReport Startup { get; } = new()
    {
        Application = "shop",
        CreatedAt = Noon,
        Machine = Machine,
        TotalStartupTime = TimeSpan.FromSeconds(6),
        UntrackedTime = TimeSpan.FromSeconds(0.5),
        BeforeFirstScope = TimeSpan.FromMilliseconds(120),
        IsComplete = true,
        PreviousTotalStartupTime = TimeSpan.FromSeconds(4),
        Limit = TimeSpan.FromSeconds(5),
        BaselineMemoryBytes = 40 << 20,
        PeakMemoryBytes = 90 << 20,
        ProcessCpu = TimeSpan.FromSeconds(2),
        Services =
        [
            new StartupService
            {
                Name = "index", Type = ServiceType.Optional, Count = 1, Duration = TimeSpan.FromSeconds(5.5),
                SelfDuration = TimeSpan.FromSeconds(5), Outcome = StartupOutcome.Succeeded, Dependencies = ["database"],
            },
            new StartupService
            {
                Name = "cache", Order = 1, Count = 1, StartedAt = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromSeconds(0.5),
                SelfDuration = TimeSpan.FromSeconds(0.5), Outcome = StartupOutcome.Failed, Parents = ["index"],
            },
        ],
        Records =
        [
            new StartupRecord
            {
                Id = 0, Name = "index", Type = ServiceType.Optional, Duration = TimeSpan.FromSeconds(5.5),
                SelfDuration = TimeSpan.FromSeconds(5), Outcome = StartupOutcome.Succeeded,
                Self = MadeOf(5), Inclusive = MadeOf(5.5), AssemblyLoads = [new AssemblyLoad { Name = "Npgsql", Duration = TimeSpan.FromMilliseconds(3) }],
                Dependencies =
                [
                    new StartupDependency { Name = "database", StartedAt = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(1), Outcome = StartupOutcome.Succeeded },
                    new StartupDependency { Name = "library" },
                ],
            },
            new StartupRecord
            {
                Id = 1, ParentId = 0, Name = "cache", StartedAt = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromSeconds(0.5),
                SelfDuration = TimeSpan.FromSeconds(0.5), Outcome = StartupOutcome.Failed, Error = "System.Exception: no",
            },
        ],
        Bottlenecks = [Found(Rule.StartupSlow, BottleneckType.StartupSlow, "index", MeasureUnit.Seconds)],
        Recommendations = [Advice(Rule.StartupSlow, "index", MeasureUnit.Seconds)],
    };

    public static RuntimeReport Runtime { get; } = new()
    {
        Application = "shop",
        CreatedAt = Noon,
        Machine = Machine,
        Duration = TimeSpan.FromSeconds(10),
        RequestedDuration = TimeSpan.FromSeconds(10),
        ServicesMonitored = 3,
        Thresholds = new Thresholds(),
        Samples =
        [
            .. Enumerable.Range(0, 12).Select(i => new ResourceSample
            {
                Timestamp = Noon.AddSeconds(i),
                Interval = i == 0 ? null : TimeSpan.FromSeconds(1),
                CpuPercent = i == 0 ? null : 80 + i,
                CpuCores = i == 0 ? null : 1.6,
                AvailableCores = 4,
                WorkingSetBytes = 100 << 20,
            }),
        ],
        Usage =
        [
            new ServiceUsage
            {
                Service = "pricing", Entries = 1, Cpu = TimeSpan.FromSeconds(9), Blocked = TimeSpan.FromSeconds(0.5), BlockedOnPool = TimeSpan.Zero,
                QueuedForCpu = TimeSpan.FromSeconds(0.2), Awaiting = TimeSpan.Zero, AllocatedBytes = 12345, IoOperations = 10, IoReadBytes = 100, IoWrittenBytes = 5,
            },
        ],
        Operations =
        [
            new OperationSnapshot
            {
                Operation = "checkout", TakenAt = Noon, Window = TimeSpan.FromSeconds(10), Count = 40, FailedCount = 2,
                Latency = Latencies(250, 2_000_000, 2_000_000, 30_000_000),
            },
            new OperationSnapshot
            {
                Operation = "lookup", TakenAt = Noon, Window = TimeSpan.FromSeconds(10), Count = 1, Latency = Latencies(250), AllocatedBytes = 64, AllocatingCount = 1,
            },
        ],
        ProcessCpu = TimeSpan.FromSeconds(16),
        UnattributedCpu = TimeSpan.FromSeconds(7),
        Waits = new WaitTable
        {
            Watched = TimeSpan.FromSeconds(10),
            LockWaitsHeard = 12,
            LockContentions = 40,
            Blames =
            [
                new WaitBlame { Kind = WaitKind.Lock, Victim = "checkout", Culprit = "pricing", Count = 12, Total = TimeSpan.FromSeconds(2.5), Longest = TimeSpan.FromSeconds(0.4) },
                new WaitBlame { Kind = WaitKind.GarbageCollection, Victim = "(all services)", Culprit = "pricing", Count = 9, Total = TimeSpan.FromMilliseconds(80) },
                new WaitBlame { Kind = WaitKind.ThreadPool, Victim = "(queued work)", Culprit = "(unattributed)", Count = 1, Total = TimeSpan.FromMilliseconds(30), Longest = TimeSpan.FromMilliseconds(30) },
            ],
        },
        Bottlenecks = [Found(Rule.CpuIntensive, BottleneckType.CpuIntensive, "pricing", MeasureUnit.Cores)],
        Recommendations = [Advice(Rule.CpuIntensive, "pricing", MeasureUnit.Cores)],
        Scores = new ScoreCard
        {
            Name = "shop",
            PerformanceScore = new Score { Value = 98, DecidedBy = new Evidence("wait for a pool thread", 0.008, MeasureUnit.Seconds, 0.1) },
            EfficiencyScore = new Score { Value = 60, DecidedBy = new Evidence("CPU of the process", 85, MeasureUnit.Percent, 80) },
        },
        ServiceScores =
        [
            new ScoreCard { Name = "pricing", EfficiencyScore = new Score { Value = 71, DecidedBy = new Evidence("CPU used", 0.85, MeasureUnit.Cores, 0.8) } },
            new ScoreCard { Name = "idle", EfficiencyScore = new Score { Value = 99, DecidedBy = new Evidence("CPU used", 0.01, MeasureUnit.Cores, 0.8) } },
        ],
        UnavailableFigures = [new UnavailableFigure("IoReadBytes", "no permission")],
        Failures = ["PK9001 (Custom): broken"],
    };

    private static LatencyHistogram Latencies(params long[] nanoseconds)
    {
        var recorder = new LatencyRecorder();
        foreach (long duration in nanoseconds)
            recorder.Record(duration);
        return recorder.ToHistogram();
    }

    internal static Bottleneck Found(RuleId rule, BottleneckType type, string service, MeasureUnit unit) => new()
    {
        Rule = rule,
        Type = type,
        Service = service,
        Severity = Severity.High,
        ImpactScore = 64.6,
        Description = $"{service} is slow.",
        Evidence = [new Evidence("measured", 6, unit, 5, TimeSpan.FromSeconds(10))],
    };

    private static Recommendation Advice(RuleId rule, string service, MeasureUnit unit) => new()
    {
        Rule = rule,
        Service = service,
        Title = $"Mend {service}",
        Actions = ["Do less."],
        Effort = Effort.Medium,
        Priority = Severity.High,
        Saving = new PredictedSaving(0, 5, unit, "time"),
        Basis = "Its own time.",
        Verification = "Audit again.",
        Evidence = [new Evidence("measured", 6, unit, 5)],
    };

    private static StartupComposition MadeOf(double seconds) => new()
    {
        Wall = TimeSpan.FromSeconds(seconds), Cpu = TimeSpan.FromSeconds(seconds - 1), Jit = TimeSpan.FromSeconds(0.5), Awaiting = TimeSpan.FromSeconds(0.5),
        AllocatedBytes = 4_096, JitMethods = 12, AssembliesLoaded = 1, GcCollections = 0,
    };
}
