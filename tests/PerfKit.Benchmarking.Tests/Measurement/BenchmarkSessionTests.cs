namespace PerfKit.Benchmarking.Tests;

public sealed class BenchmarkSessionTests : IDisposable
{
    private static readonly RunConditions Shop = new() { Application = "shop" };

    private readonly ManualTime _time = new();
    private readonly ManualInstruments _instruments;
    private readonly List<BenchmarkSession> _sessions = [];

    public BenchmarkSessionTests() => _instruments = new ManualInstruments(_time);

    public void Dispose() => _sessions.ForEach(session => session.Dispose());

    [Fact]
    public void Run_steady_operation_stops_at_the_fewest_iterations()
    {
        BenchmarkResult result = Session().Run("steady", "cpu", () => _time.Advance(TimeSpan.FromMilliseconds(2)));

        Assert.Equal(StopReason.Precise, result.StoppedBy);
        Assert.Equal(15, result.Operations);
        Assert.Equal(TimeSpan.FromMilliseconds(2), result.MedianDuration);
        Assert.Equal(0, result.Duration!.RelativeHalfWidth);
        Assert.Equal(500, result.OperationsPerSecond);
        Assert.True(result.Success);
        Assert.Equal(1, result.SuccessRate);
    }

    [Fact]
    public void Run_spread_operation_goes_on_until_the_interval_is_narrow()
    {
        var random = new Random(5);

        BenchmarkResult result = Session(new BenchmarkOptions { MaxIterations = 5_000, TimeBudget = TimeSpan.FromHours(1) })
            .Run("spread", "cpu", () => _time.AdvanceNanoseconds(random.Next(1_000_000, 2_000_000)));

        Assert.Equal(StopReason.Precise, result.StoppedBy);
        Assert.InRange(result.Operations, 16, 4_999);
        Assert.InRange(result.Duration!.RelativeHalfWidth!.Value, 0, 0.02);
        Assert.InRange(result.Duration.MedianNanoseconds, 1_430_000, 1_570_000);
    }

    [Fact]
    public void Run_operation_that_never_gets_precise_stops_at_the_most_iterations()
    {
        int call = 0;

        BenchmarkResult result = Session(new BenchmarkOptions { MaxIterations = 40 })
            .Run("two modes", "cpu", () => _time.Advance(TimeSpan.FromMilliseconds(call++ % 2 == 0 ? 2 : 40)));

        Assert.Equal(StopReason.IterationLimit, result.StoppedBy);
        Assert.Equal(40, result.Operations);
    }

    [Fact]
    public void Run_slow_operation_stops_when_the_time_is_up_and_says_that_it_knows_no_interval()
    {
        BenchmarkResult result = Session().Run("slow", "io", () => _time.Advance(TimeSpan.FromSeconds(2)));

        Assert.Equal(StopReason.TimeBudget, result.StoppedBy);
        Assert.Equal(2, result.Operations);     // one to warm up, two within five seconds
        Assert.Null(result.Duration!.RelativeHalfWidth);
    }

    [Fact]
    public void Run_short_operation_is_called_until_an_iteration_is_long_enough()
    {
        BenchmarkResult result = Session().Run("short", "cpu", () =>
        {
            _time.AdvanceNanoseconds(20);
            _instruments.Allocated += 24;
            _instruments.Cpu += 15;
        });

        Assert.Equal(20, result.Duration!.MedianNanoseconds, 6);
        Assert.True(result.MeasuredTime / result.Duration.Count >= TimeSpan.FromMilliseconds(1));
        Assert.Equal(24, result.AllocatedBytes);
        Assert.Equal(15, result.CpuNanoseconds!.Value, 6);
    }

    [Fact]
    public void Run_warms_up_without_measuring()
    {
        int call = 0;

        BenchmarkResult result = Session(new BenchmarkOptions { WarmUp = TimeSpan.FromMilliseconds(50) })
            .Run("cold", "cpu", () => _time.Advance(TimeSpan.FromMilliseconds(call++ == 0 ? 30 : 10)));

        Assert.Equal(10e6, result.Duration!.MaxNanoseconds);
        Assert.Equal(3 + 15, call);     // 30 + 10 + 10 ms of warm-up
    }

    [Fact]
    public void Run_operation_that_throws_is_recorded_and_thrown_on()
    {
        BenchmarkSession session = Session();
        int call = 0;

        var thrown = Assert.Throws<InvalidOperationException>(() => session.Run("broken", "io", () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(300));
            if (++call == 5)
                throw new InvalidOperationException("the fifth");
        }));

        BenchmarkResult result = Assert.Single(session.Results);
        Assert.Equal("the fifth", thrown.Message);
        Assert.Equal("System.InvalidOperationException: the fifth", result.Error);
        Assert.Equal(StopReason.Failed, result.StoppedBy);
        Assert.False(result.Success);
        Assert.Equal((4, 1), (result.Operations, result.FailedOperations));     // the first of five warmed up
        Assert.Equal(0.75, result.SuccessRate);
        Assert.Equal(3, result.Duration!.Count);
    }

    [Fact]
    public void Run_short_operation_that_throws_shares_the_cost_among_all_calls_of_the_iteration()
    {
        BenchmarkSession session = Session(new BenchmarkOptions { WarmUp = TimeSpan.Zero });
        int call = 0;

        Assert.Throws<InvalidOperationException>(() => session.Run("broken", "cpu", () =>
        {
            _time.AdvanceNanoseconds(20);
            _instruments.Allocated += 24;
            if (++call == 300_000)
                throw new InvalidOperationException("late");
        }));

        BenchmarkResult result = Assert.Single(session.Results);
        Assert.Equal(24, result.AllocatedBytes);
        Assert.Equal(1, result.FailedOperations);
        Assert.Equal(5e7, result.OperationsPerSecond!.Value, 1e3);
    }

    [Fact]
    public void Run_canceled_records_nothing()
    {
        BenchmarkSession session = Session();
        using var cancel = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => session.Run("canceled", "io", cancel.Cancel, cancel.Token));

        Assert.Empty(session.Results);
    }

    [Fact]
    public async Task RunAsync_measures_across_awaits_on_the_process()
    {
        BenchmarkResult result = await Session().RunAsync("async", "io", async ct =>
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(4));
        });

        Assert.Equal(TimeSpan.FromMilliseconds(4), result.MedianDuration);
        Assert.Equal(MeasuredOn.Process, result.MeasuredOn);
        Assert.NotNull(result.AllocatedBytes);
    }

    [Fact]
    public async Task RunAsync_operation_that_throws_is_recorded_and_thrown_on()
    {
        BenchmarkSession session = Session();

        await Assert.ThrowsAsync<TimeoutException>(() => session.RunAsync("broken", "io", _ => Task.FromException(new TimeoutException("late"))));

        Assert.Equal("System.TimeoutException: late", Assert.Single(session.Results).Error);
    }

    [Fact]
    public void Run_real_instruments_count_the_bytes_of_the_thread_exactly()
    {
        using var session = new BenchmarkSession(Shop, new BenchmarkOptions { WarmUp = TimeSpan.FromMilliseconds(1), MaxIterations = 20 });
        byte[]? kept = null;

        BenchmarkResult result = session.Run("allocates", "cpu", () => kept = new byte[1000]);

        Assert.Equal(1000 + (3 * IntPtr.Size), result.AllocatedBytes);      // header, type, length
        Assert.NotNull(kept);
        Assert.True(result.PeakManagedHeapBytes > 0);
        Assert.True(result.PeakWorkingSetBytes is null or > 0);
    }

    [Fact]
    public void Measure_blocks_of_one_name_and_type_are_one_benchmark()
    {
        BenchmarkSession session = Session();
        foreach (int milliseconds in (int[])[10, 20, 60])
        {
            using (session.Measure("block", "test"))
            {
                _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                _instruments.Cpu += 3e6;
            }
        }

        using (session.Measure("block", "other"))
            _time.Advance(TimeSpan.FromMilliseconds(1));

        BenchmarkResult result = session.Results[0];
        Assert.Equal(2, session.Results.Count);
        Assert.Equal((3, 20e6, 30e6), (result.Operations, result.Duration!.MedianNanoseconds, result.Duration.MeanNanoseconds));
        Assert.Equal(3e6, result.CpuNanoseconds);
        Assert.Equal((StopReason.None, MeasuredOn.Thread), (result.StoppedBy, result.MeasuredOn));
    }

    [Fact]
    public void Measure_failed_block_counts_as_failed_and_not_as_a_duration()
    {
        BenchmarkSession session = Session();
        using (BenchmarkScope scope = session.Measure("block", "test"))
        {
            _time.Advance(TimeSpan.FromMilliseconds(5));
            scope.Fail(new IOException("first"));
            scope.Fail(new IOException("second"));
        }

        BenchmarkResult result = Assert.Single(session.Results);
        Assert.Equal((1, 1, 0.0), (result.Operations, result.FailedOperations, result.SuccessRate));
        Assert.Equal("System.IO.IOException: first", result.Error);
        Assert.Null(result.Duration);
    }

    [Fact]
    public void Measure_disposed_twice_counts_once()
    {
        BenchmarkSession session = Session();
        BenchmarkScope scope = session.Measure("block", "test");
        scope.Dispose();
        scope.Dispose();

        Assert.Equal(1, Assert.Single(session.Results).Operations);
    }

    [Fact]
    public void Measure_ended_on_another_thread_keeps_its_time_only()
    {
        BenchmarkSession session = Session();
        BenchmarkScope scope = session.Measure("block", "test");
        _time.Advance(TimeSpan.FromMilliseconds(7));
        var thread = new Thread(scope.Dispose);
        thread.Start();
        thread.Join();

        BenchmarkResult result = Assert.Single(session.Results);
        Assert.Equal(7e6, result.Duration!.MedianNanoseconds);
        Assert.Null(result.AllocatedBytes);
        Assert.Null(result.CpuNanoseconds);
    }

    [Fact]
    public async Task MeasureAsync_block_counts_the_process()
    {
        BenchmarkSession session = Session();
        await using (session.MeasureAsync("block", "test"))
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(3));
            _instruments.Allocated += 100;
        }

        BenchmarkResult result = Assert.Single(session.Results);
        Assert.Equal((MeasuredOn.Process, 100.0), (result.MeasuredOn, result.AllocatedBytes));
    }

    [Fact]
    public void Cpu_that_cannot_be_had_is_null()
    {
        _instruments.Cpu = null;

        Assert.Null(Session().Run("x", "y", () => _time.Advance(TimeSpan.FromSeconds(1))).CpuNanoseconds);
    }

    [Fact]
    public void Measure_one_benchmark_too_many_is_refused()
    {
        BenchmarkSession session = Session();
        for (int i = 0; i < BenchmarkSession.MaxBenchmarks; i++)
            session.Measure($"b{i}", "test").Dispose();

        session.Measure("b0", "test").Dispose();
        Assert.Throws<InvalidOperationException>(() => session.Measure("one more", "test"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void Measure_without_a_name_is_refused(string? name)
    {
        Assert.ThrowsAny<ArgumentException>(() => Session().Measure(name!, "test"));
        Assert.ThrowsAny<ArgumentException>(() => Session().Run("name", name!, () => { }));
    }

    [Fact]
    public void New_options_out_of_range_names_every_mistake()
    {
        var options = new BenchmarkOptions { Precision = 0, MinIterations = 5, TimeBudget = TimeSpan.Zero, MonitoringInterval = TimeSpan.FromMilliseconds(9) };

        string message = Assert.Throws<ArgumentException>(() => Session(options)).Message;

        Assert.Contains("Precision is 0; allowed is above 0, at most 1.", message, StringComparison.Ordinal);
        Assert.Contains("MinIterations is 5;", message, StringComparison.Ordinal);
        Assert.Contains("TimeBudget is 00:00:00;", message, StringComparison.Ordinal);
        Assert.Contains("MonitoringInterval is 00:00:00.0090000;", message, StringComparison.Ordinal);
    }

    private BenchmarkSession Session(BenchmarkOptions? options = null)
    {
        var session = new BenchmarkSession(Shop, options, _instruments);
        _sessions.Add(session);
        return session;
    }
}
