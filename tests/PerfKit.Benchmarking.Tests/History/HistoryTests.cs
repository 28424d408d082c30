using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking.Tests;

public sealed class HistoryTests
{
    [Fact]
    public async Task TrendAnalyzer_puts_what_gets_worse_first_and_knows_which_way_that_is()
    {
        var store = new FixedStore(
            Histories.Of(Histories.Noisy(60, 10, _ => 0), "cpu", "ms"),
            Histories.Of(Histories.Noisy(60, 500, run => -run), "throughput", "1/s"),
            Histories.Of(Histories.Noisy(60, 10, run => -run)));

        IReadOnlyList<MetricTrend> trends = await new TrendAnalyzer().AnalyzeAsync(store, new MetricQuery());

        Assert.Equal("throughput", trends[0].Metric);
        Assert.True(trends[0].IsWorse);
        Assert.InRange(trends[0].ShareADay!.Value, -0.018, -0.01);
        Assert.InRange(trends[0].Next!.Value.Value, 150, 260);
        Assert.False(trends.Single(trend => trend.Metric == "duration").IsWorse);
        MetricTrend steady = trends.Single(trend => trend.Metric == "cpu");
        Assert.Equal((TrendDirection.Flat, null), (steady.Trend.Direction, steady.IsWorse));
        Assert.InRange(steady.Variation!.Value, 0.007, 0.014);
    }

    [Fact]
    public void TrendAnalyzer_two_metrics_in_one_history_are_refused()
    {
        Assert.Throws<ArgumentException>("history", () => new TrendAnalyzer().Analyze([.. Histories.Of([1]), .. Histories.Of([1], "cpu")]));
    }

    [Fact]
    public async Task BottleneckIdentifier_orders_durations_memory_variance_and_errors_by_impact()
    {
        var random = new Random(1);
        var store = new FixedStore(
            Histories.Of(Enumerable.Repeat(200.0, 20), service: "slow"),
            Histories.Of(Enumerable.Repeat(195e6, 20), BenchmarkDotNetMetrics.Median, "ns", service: "imported"),
            Histories.Of(Enumerable.Range(0, 20).Select(_ => 50 + 40 * random.NextDouble()), service: "uneven"),
            Histories.Of(Enumerable.Repeat(1e9, 20), "allocated", "B", service: "hungry"),
            Histories.Of(Enumerable.Repeat(0.9, 20), "success_rate", "", service: "failing"),
            Histories.Of(Enumerable.Repeat(1.0, 20), service: "fine"));

        IReadOnlyList<HistoryBottleneck> found = await new BottleneckIdentifier().IdentifyAsync(store, new MetricQuery());

        Assert.Equal(
            [("failing", HistoryBottleneckKind.Errors), ("hungry", HistoryBottleneckKind.Memory), ("slow", HistoryBottleneckKind.Duration), ("imported", HistoryBottleneckKind.Duration), ("uneven", HistoryBottleneckKind.Variance)],
            found.Select(it => (it.Service, it.Kind)));
        Assert.Equal(100, found[0].Impact);
        Assert.Equal(30.103, found[2].Impact, 3);       // 100 log10(200 / 100)
        Assert.Equal((200, 100, "ms", 20), (found[2].Level, found[2].Limit, found[2].Unit, found[2].Runs));
    }

    [Fact]
    public async Task OptimizationRecommender_puts_critical_steps_first_and_counts_no_saving_twice()
    {
        var store = new FixedStore(
            Histories.Of(Histories.Noisy(100, 100, run => run < 90 ? 0 : 200), service: "parser"),       // 100 → 300 ms, also over the limit of 100 ms
            Histories.Of(Histories.Noisy(100, 90, _ => 0), service: "writer"));

        OptimizationPlan plan = await new OptimizationRecommender().RecommendAsync(store, new MetricQuery());

        Assert.Equal(2, plan.Steps.Count(step => step.Service == "parser"));
        Assert.Equal(RegressionSeverity.Critical, plan.Steps[0].Severity);
        Assert.Contains("became worse", plan.Steps[0].Evidence);
        Assert.InRange(plan.Steps[0].SavedSeconds!.Value, 0.19, 0.21);
        Assert.InRange(plan.EstimatedImprovement!.Value, 0.48, 0.54);      // 200 of 390 ms
    }

    [Fact]
    public async Task OptimizationRecommender_nothing_stored_is_an_empty_plan()
    {
        OptimizationPlan plan = await new OptimizationRecommender().RecommendAsync(new FixedStore(), new MetricQuery());

        Assert.Empty(plan.Steps);
        Assert.Null(plan.EstimatedImprovement);
    }

    [Fact]
    public void BottleneckIdentifier_limits_out_of_range_are_refused_all_at_once()
    {
        var limits = new BottleneckLimits { Duration = TimeSpan.Zero, ErrorShare = 1 };

        string message = Assert.Throws<ArgumentException>(nameof(limits), () => new BottleneckIdentifier(limits)).Message;

        Assert.Contains("Duration is 00:00:00; allowed is above 0.", message);
        Assert.Contains("ErrorShare is 1; allowed is above 0 and below 1.", message);
    }
}
