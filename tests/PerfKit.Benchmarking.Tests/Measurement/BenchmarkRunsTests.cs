using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit.Benchmarking.Tests;

public sealed class BenchmarkRunsTests
{
    private static readonly RunConditions Conditions = new() { Application = "shop", Revision = new SourceRevision("4f1c2d", "main") };

    [Fact]
    public void FromRun_of_ToRun_gives_the_results_back()
    {
        BenchmarkResult full = Result("parse", "cpu") with
        {
            CpuNanoseconds = 1_500,
            AllocatedBytes = 1_024.5,
            PeakWorkingSetBytes = 1 << 30,
            PeakManagedHeapBytes = 1 << 20,
            Collections = 3,
            CollectionPause = TimeSpan.FromMilliseconds(2),
        };
        BenchmarkResult failed = Result("load", "io") with
        {
            FailedOperations = 100, Error = "System.Exception: no", Duration = null, MeasuredOn = MeasuredOn.Process, StoppedBy = StopReason.Failed,
        };

        AuditRun run = BenchmarkRuns.ToRun([full, failed], Conditions, full.FinishedAt);

        Assert.Equal([full, failed], BenchmarkRuns.FromRun(run));
    }

    [Fact]
    public void ToRun_says_what_was_measured_where()
    {
        AuditRun run = BenchmarkRuns.ToRun([Result("parse", "cpu")], Conditions, ManualTime.Epoch);

        Assert.Equal(("shop", AuditKind.Benchmark, "4f1c2d", "main"), (run.Application, run.Kind, run.Commit, run.Branch));
        Assert.Equal(MachineFacts.Current.Fingerprint, run.MachineFingerprint);
        Assert.Equal(MachineFacts.Current.Runtime, run.Facts["runtime"]);
        RunMetric duration = Assert.Single(run.Metrics, metric => metric.Metric == BenchmarkMetrics.Duration);
        Assert.Equal(("parse", "cpu", 2e-6, "s"), (duration.Service, duration.Operation, duration.Value, duration.Unit));
    }

    [Theory]
    [InlineData(MeasuredOn.Thread, "allocated")]
    [InlineData(MeasuredOn.Process, "allocation.process")]
    public void ToRun_allocation_that_does_not_repeat_exactly_has_another_name(MeasuredOn on, string metric)
    {
        BenchmarkResult result = Result("parse", "cpu") with { AllocatedBytes = 96, MeasuredOn = on };

        AuditRun run = BenchmarkRuns.ToRun([result], Conditions, result.FinishedAt);

        Assert.Equal(metric, Assert.Single(run.Metrics, it => it.Unit == "B").Metric);
        Assert.Equal(96, BenchmarkRuns.FromRun(run)[0].AllocatedBytes);
    }

    [Fact]
    public void ToRun_leaves_out_what_is_not_known()
    {
        AuditRun run = BenchmarkRuns.ToRun([Result("parse", "cpu") with { Duration = null }], Conditions, ManualTime.Epoch);

        Assert.DoesNotContain(run.Metrics, metric => metric.Metric is BenchmarkMetrics.Duration or BenchmarkMetrics.Cpu or BenchmarkMetrics.Allocated);
    }

    [Fact]
    public async Task ToRun_with_awkward_texts_is_kept_by_a_store()
    {
        string path = Path.Combine(Path.GetTempPath(), $"perfkit-{Guid.NewGuid():N}.jsonl");
        try
        {
            BenchmarkResult[] results = [.. Enumerable.Range(0, 70).Select(i => Result($"{i}{new string('ö', 25)}", "cpu") with { Error = new string('e', 1_024) })];
            AuditRun run = BenchmarkRuns.ToRun(results, Conditions, ManualTime.Epoch);
            var store = new JsonLinesStore(path);

            await store.AppendAsync(run);

            AuditRun kept = Assert.Single(await store.QueryAsync(new RunQuery()));
            Assert.Equal(70, BenchmarkRuns.FromRun(kept).Count);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void FromRun_of_somebody_else_has_no_results_but_throws_nothing()
    {
        var run = new AuditRun
        {
            Id = Guid.NewGuid(),
            Application = "x",
            Kind = AuditKind.Benchmark,
            FinishedAt = ManualTime.Epoch,
            MachineFingerprint = "m",
            Metrics = [new RunMetric("a", "duration", double.MaxValue, "s"), new RunMetric("b", "operations", -3, "") { Operation = "t" }],
        };

        Assert.Equal("b", Assert.Single(BenchmarkRuns.FromRun(run)).Name);
    }

    internal static BenchmarkResult Result(string name, string type) => new()
    {
        Name = name,
        OperationType = type,
        StartedAt = ManualTime.Epoch.AddSeconds(-2),
        FinishedAt = ManualTime.Epoch,
        Machine = MachineFacts.Current,
        Revision = Conditions.Revision,
        Operations = 100,
        Duration = new DurationStatistics
        {
            Count = 50,
            MedianNanoseconds = 2_000,
            LowNanoseconds = 1_900,
            HighNanoseconds = 2_100,
            MeanNanoseconds = 2_050,
            DeviationNanoseconds = 125,
            MinNanoseconds = 1_700,
            MaxNanoseconds = 3_000,
            P95Nanoseconds = 2_500,
        },
        MeasuredTime = TimeSpan.FromMilliseconds(200),
        MeasuredOn = MeasuredOn.Thread,
        StoppedBy = StopReason.Precise,
    };
}
