using PerfKit.Sampling;
using PerfKit.Storage;

namespace PerfKit.Benchmarking.Tests;

public sealed class BenchmarkSuiteTests
{
    private static readonly RunConditions Shop = new() { Application = "shop", Revision = new SourceRevision("4f1c2d", "main") };

    private readonly ManualTime _time = new();
    private readonly ManualInstruments _instruments;
    private readonly MemoryStore _store = new();
    private double _parse = 2;
    private double _load = 4;

    public BenchmarkSuiteTests() => _instruments = new ManualInstruments(_time);

    [Fact]
    public async Task RunAllAsync_runs_in_order_and_keeps_the_run()
    {
        var begun = new List<string>();
        SuiteResult result = await Suite().RunAllAsync(new Listener(begun));

        Assert.Equal(["parse", "load"], begun);
        Assert.Equal(["parse", "load"], result.Results.Select(it => it.Name));
        AuditRun run = Assert.Single(_store.Runs);
        Assert.Equal(("shop", AuditKind.Benchmark, result.FinishedAt), (run.Application, run.Kind, run.FinishedAt));
        Assert.True(result.Success);
    }

    [Fact]
    public async Task RunAllAsync_benchmark_that_throws_stops_no_other()
    {
        SuiteResult result = await new BenchmarkSuite(Shop, _store, null, _instruments)
            .Add("broken", "io", () => throw new IOException("no"))
            .Add("sound", "io", () => _time.Advance(TimeSpan.FromMilliseconds(2)))
            .RunAllAsync();

        Assert.False(result.Success);
        Assert.Equal(["System.IO.IOException: no", null], result.Results.Select(it => it.Error));
    }

    [Fact]
    public async Task RunAllAsync_canceled_keeps_nothing()
    {
        using var cancel = new CancellationTokenSource();
        BenchmarkSuite suite = new BenchmarkSuite(Shop, _store, null, _instruments).Add("a", "io", cancel.Cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => suite.RunAllAsync(null, cancel.Token));
        Assert.Empty(_store.Runs);
    }

    [Theory]
    [InlineData(2.39, 0)]
    [InlineData(2.42, 1)]
    public async Task DetectRegressionsAsync_beyond_the_threshold_is_one(double milliseconds, int regressions)
    {
        await Suite().EstablishBaselineAsync();
        _parse = milliseconds;

        BaselineComparison comparison = await Suite().DetectRegressionsAsync(thresholdPercent: 20);

        Assert.Equal((2, regressions), (comparison.Compared, comparison.Regressions.Count));
        if (regressions == 1)
        {
            Assert.Equal(("parse", BenchmarkMetrics.Duration), (comparison.Regressions[0].Name, comparison.Regressions[0].Metric));
            Assert.Equal(21, comparison.Regressions[0].ChangePercent, 6);
            Assert.Equal("duration of parse went from 2 ms to 2.42 ms, 21 % worse than the baseline.", comparison.Regressions[0].Sentence);
        }
    }

    [Fact]
    public async Task DetectRegressionsAsync_slow_once_and_not_when_rerun_is_none()
    {
        await Suite().EstablishBaselineAsync();
        _parse = 9;
        BenchmarkSuite suite = Suite();
        await suite.RunAllAsync();
        _parse = 2;

        Assert.Empty((await suite.DetectRegressionsAsync()).Regressions);
        Assert.Equal(2, (await _store.QueryAsync(new RunQuery { Application = "shop" })).Count); // a rerun is no part of the history
    }

    [Fact]
    public async Task DetectRegressionsAsync_without_a_baseline_says_what_was_not_compared()
    {
        BaselineComparison comparison = await Suite().DetectRegressionsAsync();

        Assert.Equal((0, 0), (comparison.Compared, comparison.Regressions.Count));
        Assert.Equal(["parse", "load"], comparison.NotCompared);
    }

    [Fact]
    public async Task DetectRegressionsAsync_baseline_of_another_machine_is_none()
    {
        RunConditions elsewhere = Shop with { Machine = MachineFacts.Current with { Processor = "another" } };
        await Suite(elsewhere).EstablishBaselineAsync();
        _parse = 9;

        Assert.Empty((await Suite().DetectRegressionsAsync()).Regressions);
        Assert.Single((await Suite(elsewhere).DetectRegressionsAsync()).Regressions);
    }

    [Fact]
    public void BaselineComparison_difference_within_the_noise_is_no_regression()
    {
        BenchmarkResult before = BenchmarkRunsTests.Result("a", "cpu");
        BenchmarkResult after = before with { Duration = before.Duration! with { MedianNanoseconds = 3_000, LowNanoseconds = 2_099, HighNanoseconds = 4_000 } };

        Assert.Empty(BaselineComparison.Of([before], [after], 20).Regressions);
        Assert.Single(BaselineComparison.Of([before], [after with { Duration = after.Duration! with { LowNanoseconds = 2_101 } }], 20).Regressions);
    }

    [Fact]
    public void BaselineComparison_allocation_of_a_thread_is_exact_and_of_a_process_is_not_judged()
    {
        BenchmarkResult before = BenchmarkRunsTests.Result("a", "cpu") with { AllocatedBytes = 100 };
        BenchmarkResult after = before with { AllocatedBytes = 125 };

        Assert.Equal(BenchmarkMetrics.Allocated, Assert.Single(BaselineComparison.Of([before], [after], 20).Regressions).Metric);
        Assert.Empty(BaselineComparison.Of([before with { MeasuredOn = MeasuredOn.Process }], [after with { MeasuredOn = MeasuredOn.Process }], 20).Regressions);
        Assert.Equal(double.PositiveInfinity, BaselineComparison.Of([before with { AllocatedBytes = 0 }], [after], 20).Regressions[0].ChangePercent);
    }

    [Fact]
    public async Task UpdateBaselineAsync_replaces_only_what_is_named()
    {
        await Suite().EstablishBaselineAsync();
        (_parse, _load) = (8, 16);
        IReadOnlyList<BenchmarkResult> baseline = await Suite().UpdateBaselineAsync(["parse"]);

        Assert.Equal([("load", 4e6), ("parse", 8e6)], baseline.Select(it => (it.Name, it.Duration!.MedianNanoseconds)).Select(it => (it.Name, Math.Round(it.MedianNanoseconds))));
        Assert.Equal("load", Assert.Single((await Suite().DetectRegressionsAsync()).Regressions).Name);
    }

    [Fact]
    public async Task Baselines_are_no_part_of_the_history()
    {
        await Suite().EstablishBaselineAsync();

        Assert.Single(await _store.QueryAsync(new RunQuery { Application = "shop" }));
    }

    [Fact]
    public async Task UpdateBaselineAsync_unknown_name_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Suite().UpdateBaselineAsync(["nobody"]));
        await Assert.ThrowsAsync<ArgumentException>(() => Suite().UpdateBaselineAsync([]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(10_001)]
    public async Task DetectRegressionsAsync_threshold_out_of_range_is_refused(double percent)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Suite().DetectRegressionsAsync(percent));
    }

    [Fact]
    public async Task Default_benchmarks_have_their_names_and_make_all_operations()
    {
        int operations = 0;
        BenchmarkSuite suite = new BenchmarkSuite(Shop, _store, new BenchmarkOptions { MaxIterations = 6, MinIterations = 6, WarmUp = TimeSpan.Zero, MinIterationTime = TimeSpan.Zero }, _instruments)
            .AddStartup(_ => Task.CompletedTask)
            .AddLoad(_ => Task.FromResult(Interlocked.Increment(ref operations)), concurrentTasks: 3, operationsPerTask: 4);

        SuiteResult result = await suite.RunAllAsync();

        Assert.Equal([("startup", "startup"), ("load", "load")], result.Results.Select(it => (it.Name, it.OperationType)));
        Assert.Equal(12 * 7, operations);       // once to warm up
    }

    [Fact]
    public void Add_name_that_is_taken_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Suite().Add("parse", "io", () => { }));
    }

    private BenchmarkSuite Suite(RunConditions? conditions = null) => new BenchmarkSuite(conditions ?? Shop, _store, null, _instruments)
        .Add("parse", "cpu", () => _time.AdvanceNanoseconds((long)(_parse * 1e6)))
        .Add("load", "io", _ =>
        {
            _time.AdvanceNanoseconds((long)(_load * 1e6));
            return Task.CompletedTask;
        });

    private sealed class Listener(List<string> heard) : IProgress<string>
    {
        public void Report(string value) => heard.Add(value);
    }
}
