namespace PerfKit.Benchmarking.Tests;

public sealed class LoadScenarioTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task LargeDataSet_quadratic_operation_is_told_with_its_power()
    {
        LoadScenarioResult result = await Run(LoadScenario.LargeDataSet([100, 1_000, 10_000], 5, (size, _) => Take(size * size / 1e5)));

        Assert.Equal(["large data set: 100", "large data set: 1000", "large data set: 10 000"], result.Results.Select(test => test.Name));
        Assert.Contains("to the power of 2", Assert.Single(result.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LargeDataSet_proportional_operation_is_not_remarkable()
    {
        Assert.Empty((await Run(LoadScenario.LargeDataSet([100, 1_000, 10_000], 5, (size, _) => Take(size / 100.0)))).Findings);
    }

    [Fact]
    public async Task ConcurrentProjects_that_disturb_each_other_are_told()
    {
        int call = 0;
        LoadScenarioResult result = await Run(LoadScenario.ConcurrentProjects(1, 10, (_, _) => Take(call++ < 10 ? 1 : 4)));

        Assert.Equal(2, result.Results.Count);
        Assert.Contains("takes 4", Assert.Single(result.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RapidSwitching_visits_the_projects_in_turn()
    {
        var switches = new List<(int, int)>();
        await Run(LoadScenario.RapidSwitching(3, 4, (from, to, _) =>
        {
            switches.Add((from, to));
            return Take(1);
        }));

        Assert.Equal([(0, 1), (1, 2), (2, 0), (0, 1)], switches);
    }

    [Fact]
    public async Task SustainedLoad_latency_that_grows_is_told()
    {
        int call = 0;
        LoadScenarioResult result = await Run(LoadScenario.SustainedLoad(10, TimeSpan.FromMinutes(1), _ => Take(1 + (call++ / 50.0))));

        Assert.Contains(result.Findings, finding => finding.StartsWith("The median latency grew by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SustainedLoad_steady_latency_is_not_remarkable()
    {
        LoadScenarioResult result = await Run(LoadScenario.SustainedLoad(10, TimeSpan.FromMinutes(1), _ => Take(2)));

        Assert.DoesNotContain(result.Findings, finding => finding.Contains("latency", StringComparison.Ordinal));
        Assert.Equal(LoadOutcome.Passed, result.Outcome);
    }

    [Fact]
    public async Task MemoryPressure_holds_more_at_each_step_and_nothing_after()
    {
        var ballast = new SmallMachine(available: 100 << 20);
        var held = new List<long>();
        LoadScenarioResult result = await Run(LoadScenario.MemoryPressure(2 << 20, 3, 1, _ =>
        {
            held.Add(ballast.HeldBytes >> 20);
            return Take(1);
        }), ballast);

        Assert.Equal([0, 2, 4, 6], held);
        Assert.Equal(0, ballast.HeldBytes);
        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task MemoryPressure_leaves_a_tenth_of_the_memory()
    {
        var ballast = new SmallMachine(available: 10 << 20);
        LoadScenarioResult result = await Run(LoadScenario.MemoryPressure(4 << 20, 5, 1, _ => Take(1)), ballast);

        Assert.Equal(3, result.Results.Count);      // nothing, 4 and 8 MiB; 12 would be too much
        Assert.StartsWith("12.0 MiB were not held", Assert.Single(result.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MemoryPressure_operation_that_fails_under_it_is_told()
    {
        var ballast = new SmallMachine(available: 100 << 20);
        LoadScenarioResult result = await Run(
            LoadScenario.MemoryPressure(2 << 20, 2, 2, _ => ballast.HeldBytes > 2 << 20 ? throw new InsufficientMemoryException() : Take(1)), ballast);

        Assert.Equal("memory pressure: 4.0 MiB held: 2 of 2 operations failed.", Assert.Single(result.Findings));
    }

    [Fact]
    public void LargeDataSet_sizes_that_do_not_ascend_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LoadScenario.LargeDataSet([], 1, (_, _) => Task.CompletedTask));
        Assert.Throws<ArgumentException>(() => LoadScenario.LargeDataSet([0, 1], 1, (_, _) => Task.CompletedTask));
        Assert.Throws<ArgumentException>(() => LoadScenario.LargeDataSet([5, 5], 1, (_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task Canceled_scenario_has_what_was_measured()
    {
        using var cancel = new CancellationTokenSource();
        LoadScenario scenario = LoadScenario.LargeDataSet([1, 2, 3], 1, (size, _) =>
        {
            if (size == 2)
                cancel.Cancel();
            return Take(1);
        });

        LoadScenarioResult result = await scenario.RunAsync(Virtual, new Ballast(), null, cancel.Token);

        Assert.Equal(2, result.Results.Count);
        Assert.Equal(LoadOutcome.Inconclusive, result.Outcome);
    }

    private Task<LoadScenarioResult> Run(LoadScenario scenario, Ballast? ballast = null) =>
        scenario.RunAsync(Virtual, ballast ?? new Ballast(), null, CancellationToken.None);

    private LoadTest Virtual(LoadPhase phase) =>
        new(phase.Name, "scenario", phase.Operation, null, _time, new VirtualPacer(_time), item => item.Execute());

    private Task Take(double milliseconds)
    {
        _time.AdvanceNanoseconds((long)(milliseconds * 1e6));
        return Task.CompletedTask;
    }

    private sealed class SmallMachine(long available) : Ballast
    {
        protected override (long Available, long Used) Memory() => (available, HeldBytes);
    }
}
