using PerfKit.Reporting;
using PerfKit.Storage;

namespace PerfKit.Benchmarking.Tests;

public sealed class LoadTestTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Open_stall_counts_from_the_intended_start()
    {
        // 100 a second for 10 s; the 300th operation stops the world for a second. Those due meanwhile start when it is over.
        LoadTestResult result = await Open(at => Take(at.Index == 300 ? 1_000 : 1)).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(10)));

        Assert.Equal((1_000, 0, 0), (result.Completed, result.Failed, result.Unfinished));
        Assert.Equal(1e9, result.Latency.MaximumNanoseconds!.Value, 1e6);
        double[] truth = TruthOf(1_000, 10, i => i == 300 ? 1_000 : 1);
        foreach (double probability in (double[])[0.5, 0.9, 0.95, 0.99, 0.999])
            Assert.Equal(truth[(int)Math.Ceiling(probability * 1_000) - 1] * 1e6, result.Latency.Quantile(probability)!.Value, truth[^1] * 1e6 * 0.016);
        Assert.InRange(result.Latency.Quantile(0.95)!.Value, 450e6, 600e6);      // a closed loop would say 1 ms
    }

    [Fact]
    public async Task Closed_stall_is_seen_by_one_operation_only()
    {
        LoadTestResult result = await Test(at => Take(at.Index == 300 ? 1_000 : 1)).RunAsync(LoadModel.Closed(1, 1_000));

        Assert.Equal(1e9, result.Latency.MaximumNanoseconds!.Value, 1e6);
        Assert.InRange(result.Latency.Quantile(0.99)!.Value, 0.9e6, 1.1e6);
    }

    [Fact]
    public async Task Open_rate_that_is_kept_says_so()
    {
        LoadTestResult result = await Open(_ => Take(1)).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(10)));

        Assert.True(result.Generator.KeptRate);
        Assert.Null(result.Generator.Saturation);
        Assert.Equal(100, result.Generator.IntendedRate);
        Assert.Equal(100, result.Generator.StartedRate!.Value, 0.2);
        Assert.Equal(1_000, result.Generator.StartLag.Count);
        Assert.Equal(0, result.Generator.LateOperations);
        Assert.Equal(100, result.Throughput!.Value, 0.2);
    }

    [Fact]
    public async Task Open_rate_that_is_not_kept_says_so_and_makes_a_broken_limit_inconclusive()
    {
        // 20 ms of work on the generator's thread, every 10 ms.
        var options = new LoadTestOptions { Limits = new LoadLimits { MaxP99 = TimeSpan.FromMilliseconds(100) } };
        LoadTestResult result = await Open(_ => Take(20), options).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        Assert.False(result.Generator.KeptRate);
        Assert.Equal(50, result.Generator.StartedRate!.Value, 1.0);
        Assert.Contains("could not keep 100/s: it started 5", result.Generator.Saturation, StringComparison.Ordinal);
        Assert.Equal(LoadOutcome.Inconclusive, result.Verdict.Outcome);
        Assert.True(result.Verdict.Checks[0].IsBroken);
        Assert.Equal(100, result.Completed);
    }

    [Theory]
    [InlineData(5.000, 0)]
    [InlineData(5.001, 100)]
    public async Task Open_operation_is_late_beyond_the_tolerance(double milliseconds, long late)
    {
        var pacer = new VirtualPacer(_time) { Lateness = TimeSpan.FromMilliseconds(milliseconds) };
        var test = new LoadTest("t", "io", (_, _) => Task.CompletedTask, null, _time, pacer, item => item.Execute());

        LoadTestResult result = await test.RunAsync(LoadModel.Open(10, TimeSpan.FromSeconds(10)));

        Assert.InRange(result.Generator.LateOperations, late == 0 ? 0 : late - 1, late);    // the first is due at once
    }

    [Fact]
    public async Task Open_operations_that_never_end_count_with_the_time_they_had()
    {
        var options = new LoadTestOptions { DrainTime = TimeSpan.FromSeconds(5) };
        var never = new TaskCompletionSource();
        LoadTestResult result = await Open(at => at.Index % 10 == 0 ? never.Task : Task.CompletedTask, options).RunAsync(LoadModel.Open(10, TimeSpan.FromSeconds(10)));

        Assert.Equal((90, 10), (result.Completed, result.Unfinished));
        Assert.Equal(0.9, result.SuccessRate!.Value, 12);
        Assert.Equal(100, result.Latency.Count);
        Assert.InRange(result.Latency.Quantile(0.95)!.Value, 5e9, 15e9);
        Assert.Equal(("(unfinished)", 10), (result.Failures[0].Error, result.Failures[0].Count));
    }

    [Fact]
    public async Task Open_too_many_under_way_hold_the_generator_back()
    {
        var options = new LoadTestOptions { MaxInFlight = 3, DrainTime = TimeSpan.FromSeconds(2) };
        var never = new TaskCompletionSource();
        LoadTestResult result = await Open(_ => never.Task, options).RunAsync(LoadModel.Open(10, TimeSpan.FromSeconds(1)));

        Assert.Equal((0, 10), (result.Completed, result.Unfinished));
        Assert.Equal((3, 1), (result.Generator.PeakInFlight, result.Generator.HeldBack));
        Assert.Equal(10, result.Latency.Count);         // those never started were due, too
        Assert.Contains("3 operations were under way at once", result.Generator.Saturation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_operation_that_ends_after_the_test_changes_nothing()
    {
        var late = new TaskCompletionSource();
        LoadTestResult result = await Open(_ => late.Task, new LoadTestOptions { DrainTime = TimeSpan.Zero }).RunAsync(LoadModel.Open(1, TimeSpan.FromSeconds(3)));
        late.SetResult();

        Assert.Equal((0, 3), (result.Completed, result.Unfinished));
    }

    [Fact]
    public async Task Open_operation_still_queued_at_the_end_is_late_and_never_run()
    {
        var queued = new List<IThreadPoolWorkItem>();
        int calls = 0;
        var test = new LoadTest("checkout", "io", (_, _) => { calls++; return Task.CompletedTask; },
            new LoadTestOptions { DrainTime = TimeSpan.FromSeconds(1) }, _time, new VirtualPacer(_time), queued.Add);

        LoadTestResult result = await test.RunAsync(LoadModel.Open(10, TimeSpan.FromSeconds(1)));
        queued.ForEach(item => item.Execute());

        Assert.Equal((0, 10), (result.Completed, result.Unfinished));
        Assert.Equal((false, 10), (result.Generator.KeptRate, result.Generator.LateOperations));
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task Failures_are_counted_by_kind_and_keep_their_latency()
    {
        LoadTestResult result = await Open(at =>
        {
            _ = Take(at.Index % 10 == 0 ? 7 : 1);
            return (at.Index % 10) switch
            {
                0 => throw new TimeoutException($"late {at.Index}"),
                1 => Task.FromException(new IOException("broken")),
                2 => Task.FromCanceled(new CancellationToken(canceled: true)),
                3 => null!,
                _ => Task.CompletedTask,
            };
        }).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        Assert.Equal((100, 40), (result.Completed, result.Failed));
        Assert.Equal(0.6, result.SuccessRate);
        Assert.Equal(
            ["System.IO.IOException", "System.InvalidOperationException", "System.Threading.Tasks.TaskCanceledException", "System.TimeoutException"],
            result.Failures.Select(failure => failure.Error).Order(StringComparer.Ordinal));
        Assert.All(result.Failures, failure => Assert.Equal(10, failure.Count));
        Assert.Equal("System.TimeoutException: late 0", result.Failures.Single(failure => failure.Error == "System.TimeoutException").FirstMessage);
        Assert.Equal((40, 100), ((int)result.FailedLatency.Count, (int)result.Latency.Count));
        Assert.Equal(7_000_000, result.FailedLatency.MaximumNanoseconds);
    }

    [Fact]
    public async Task Failures_of_too_many_kinds_are_joined()
    {
        Type[] kinds = [.. typeof(object).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(SystemException)) && type.GetConstructor([]) is not null && !type.IsAbstract && !type.IsSubclassOf(typeof(OperationCanceledException)))
            .Take(30)];
        LoadTestResult result = await Test(at => throw (Exception)Activator.CreateInstance(kinds[at.Index])!).RunAsync(LoadModel.Closed(1, 30));

        Assert.Equal(17, result.Failures.Count);
        Assert.Equal(("(other)", 14), (result.Failures[0].Error, result.Failures[0].Count));
    }

    [Fact]
    public async Task Series_has_every_second_and_adds_up_to_the_whole()
    {
        LoadTestResult result = await Open(at => Take(at.Index == 300 ? 2_500 : 1)).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(10)));

        Assert.Equal([0, 1, 2, 5, 6, 7, 8, 9], result.Series.Select(interval => (int)interval.Start.TotalSeconds));
        Assert.Equal(1_000, result.Series.Sum(interval => interval.Latency.Count));
        Assert.Equal(result.Latency, result.Series.Select(interval => interval.Latency).Aggregate((one, other) => one.Merge(other)));
    }

    [Fact]
    public async Task Series_of_a_long_test_is_made_coarser()
    {
        LoadTestResult result = await Open(_ => Task.CompletedTask).RunAsync(LoadModel.Open(1, TimeSpan.FromHours(1)));

        Assert.InRange(result.Series.Count, 900, LoadRecorder.MaxIntervals);
        Assert.Equal(3_600, result.Series.Sum(interval => interval.Latency.Count));
        Assert.All(result.Series, interval => Assert.Equal(TimeSpan.FromSeconds(4), interval.Length));
        Assert.Equal(result.Series.Select(interval => interval.Start).Order(), result.Series.Select(interval => interval.Start));
    }

    [Fact]
    public async Task Canceled_test_is_partial_and_no_failure()
    {
        using var cancel = new CancellationTokenSource();
        LoadTestResult result = await Open((at, ct) =>
        {
            if (at.Index != 20)
                return Take(1);
            cancel.Cancel();
            return Task.FromCanceled(ct);
        }).RunAsync(LoadModel.Open(10, TimeSpan.FromSeconds(10)), null, cancel.Token);

        Assert.True(result.IsCanceled);
        Assert.Equal((20, 0, 1), (result.Completed, result.Failed, result.Unfinished));
        Assert.Equal(1, result.SuccessRate);
        Assert.Equal(LoadOutcome.Inconclusive, result.Verdict.Outcome);
        Assert.Contains("Partial: canceled after 2", result.ToDocument().Render(ReportRenderers.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_on_the_real_clock_starts_every_operation_and_none_early()
    {
        long start = TimeProvider.System.GetTimestamp();
        var begun = new System.Collections.Concurrent.ConcurrentQueue<(long Index, TimeSpan At)>();
        var test = new LoadTest("t", "io", async (at, _) =>
        {
            begun.Enqueue((at.Index, TimeProvider.System.GetElapsedTime(start)));
            await Task.Yield();
        });

        LoadTestResult result = await test.RunAsync(LoadModel.Open(200, TimeSpan.FromSeconds(0.25)));

        Assert.Equal((50, 50), (result.Completed, result.Latency.Count));
        Assert.All(begun, operation => Assert.True(operation.At >= TimeSpan.FromMilliseconds(5 * operation.Index)));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), begun.Select(operation => operation.Index).Order());
    }

    [Fact]
    public async Task Closed_tasks_know_themselves_and_make_all_operations()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<LoadOperation>();
        LoadTestResult result = await Test(at =>
        {
            seen.Add(at);
            return Task.CompletedTask;
        }).RunAsync(LoadModel.Closed(4, 25));

        Assert.Equal(100, result.Completed);
        Assert.Equal(100, seen.Distinct().Count());
        Assert.Equal([0, 1, 2, 3], seen.Select(at => at.Worker).Distinct().Order());
        Assert.Equal((null, 4), (result.Generator.KeptRate, result.Generator.PeakInFlight));
    }

    [Fact]
    public async Task Closed_canceled_while_operations_hang_comes_back()
    {
        using var cancel = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        LoadTestResult result = await new LoadTest("t", "io", (at, _) =>
        {
            if (at.Index < 2)
                return Task.CompletedTask;
            cancel.Cancel();
            return never.Task;
        }, new LoadTestOptions { DrainTime = TimeSpan.Zero }).RunAsync(LoadModel.Closed(1, 5), null, cancel.Token);

        Assert.Equal((2, 1, true), (result.Completed, result.Unfinished, result.IsCanceled));
    }

    [Fact]
    public async Task WarmUp_counts_for_nothing_and_may_fail()
    {
        int calls = 0;
        LoadTestResult result = await Test(_ => ++calls <= 5 ? throw new IOException() : Task.CompletedTask, new LoadTestOptions { WarmUpOperations = 5 }).RunAsync(LoadModel.Closed(1, 10));

        Assert.Equal((15, 10, 0), (calls, result.Completed, result.Failed));
    }

    [Theory]
    [InlineData(1.000, LoadOutcome.Passed)]
    [InlineData(0.999, LoadOutcome.Failed)]
    public async Task Verdict_limit_itself_is_kept(double milliseconds, LoadOutcome outcome)
    {
        var options = new LoadTestOptions { Limits = new LoadLimits { MaxP99 = TimeSpan.FromMilliseconds(milliseconds), MinSuccessRate = 1 } };

        LoadTestResult result = await Open(_ => Take(1), options).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        Assert.Equal(outcome, result.Verdict.Outcome);
        Assert.Equal(["p99", "success rate"], result.Verdict.Checks.Select(check => check.Measure));
    }

    [Fact]
    public async Task Verdict_throughput_and_success_below_their_limits_fail()
    {
        var options = new LoadTestOptions { Limits = new LoadLimits { MinThroughput = 1_000, MinSuccessRate = 0.9 } };

        LoadTestResult result = await Open(at => at.Index % 5 == 0 ? throw new IOException() : Take(1), options).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        Assert.All(result.Verdict.Checks, check => Assert.True(check.IsBroken));
        Assert.Equal(LoadOutcome.Failed, result.Verdict.Outcome);
    }

    [Theory]
    [InlineData(100, LoadOutcome.Failed)]
    [InlineData(6, LoadOutcome.Failed)]
    [InlineData(5, LoadOutcome.Passed)]
    public async Task Verdict_without_stated_limits_fails_when_operations_do(int failing, LoadOutcome outcome)
    {
        LoadTestResult result = await Open(at => at.Index < failing ? throw new IOException() : Take(1)).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        Assert.Equal(outcome, result.Verdict.Outcome);
        Assert.Equal("success rate", Assert.Single(result.Verdict.Checks).Measure);
    }

    [Fact]
    public async Task Verdict_with_no_limit_at_all_says_nothing()
    {
        var options = new LoadTestOptions { Limits = new LoadLimits { MinSuccessRate = null } };

        LoadTestResult result = await Open(_ => throw new IOException(), options).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        Assert.Equal((LoadOutcome.Inconclusive, 0), (result.Verdict.Outcome, result.Verdict.Checks.Count));
    }

    [Fact]
    public async Task Generator_tells_what_it_costs()
    {
        LoadTestResult result = await Open(_ => Take(1)).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(result.Generator.CpuNanosecondsPerOperation!.Value, 1, 1e6);
            Assert.True(result.Generator.DispatcherCpu > TimeSpan.Zero);
            Assert.True(result.Generator.CpuCores > 0);
        }
    }

    [Fact]
    public async Task ToRun_has_the_figures_that_are_compared()
    {
        LoadTestResult result = await Open(_ => Take(2)).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(1)));

        AuditRun run = result.ToRun(new RunConditions { Application = "shop" });

        Assert.Equal((AuditKind.LoadTest, "shop"), (run.Kind, run.Application));
        RunMetric p99 = Assert.Single(run.Metrics, metric => metric.Metric == LoadMetrics.P99);
        Assert.Equal(("checkout", "io", "s"), (p99.Service, p99.Operation, p99.Unit));
        Assert.Equal(0.002, p99.Value, 0.00005);
        Assert.Equal(1, run.Metrics.Single(metric => metric.Metric == LoadMetrics.KeptRate).Value);
    }

    [Fact]
    public async Task ToDocument_shows_quantiles_limits_errors_and_the_generator()
    {
        var options = new LoadTestOptions { Limits = new LoadLimits { MaxMedian = TimeSpan.FromMilliseconds(1) } };
        LoadTestResult result = await Open(at => at.Index == 5 ? throw new IOException("no <b>") : Take(2), options).RunAsync(LoadModel.Open(100, TimeSpan.FromSeconds(3)));

        string text = result.ToDocument().Render(ReportRenderers.Text);

        foreach (string part in (string[])["Load test: checkout", "p99.9", "broken", "no <b>", "The generator", "open model, 100/s"])
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void New_options_out_of_range_names_every_mistake()
    {
        var options = new LoadTestOptions { MaxInFlight = 0, LagTolerance = TimeSpan.Zero, Limits = new LoadLimits { MinSuccessRate = 95, MinThroughput = double.NaN, MaxCpuCores = -1 } };

        string message = Assert.Throws<ArgumentException>(() => new LoadTest("t", "io", (_, _) => Task.CompletedTask, options)).Message;

        Assert.Contains("MaxInFlight is 0; allowed is from 1 to 1,000,000.", message, StringComparison.Ordinal);
        Assert.Contains("LagTolerance is 00:00:00;", message, StringComparison.Ordinal);
        Assert.Contains("Limits.MinSuccessRate is 95; allowed is from 0 to 1.", message, StringComparison.Ordinal);
        Assert.Contains("Limits.MinThroughput is NaN; allowed is a finite number from 0.", message, StringComparison.Ordinal);    // NaN would break no limit
        Assert.Contains("Limits.MaxCpuCores is -1;", message, StringComparison.Ordinal);
    }

    /// <summary>One server, first come first served: an operation begins when it is due and the one before has ended.</summary>
    internal static double[] TruthOf(int count, double spacing, Func<int, double> service)
    {
        double free = 0;
        return [.. Enumerable.Range(0, count).Select(i => (free = Math.Max(free, i * spacing) + service(i)) - (i * spacing)).Order()];
    }

    private Task Take(double milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return Task.CompletedTask;
    }

    private LoadTest Open(Func<LoadOperation, Task> operation, LoadTestOptions? options = null) => Open((at, _) => operation(at), options);

    /// <summary>Operations run on the generator's thread, where they move the clock.</summary>
    private LoadTest Open(Func<LoadOperation, CancellationToken, Task> operation, LoadTestOptions? options = null) =>
        new("checkout", "io", operation, options, _time, new VirtualPacer(_time), item => item.Execute());

    private LoadTest Test(Func<LoadOperation, Task> operation, LoadTestOptions? options = null) => Open(operation, options);
}
