namespace PerfKit.Benchmarking.Tests;

public sealed class MetricRuleTests
{
    [Theory]
    [InlineData("duration", "s", false, false)]
    [InlineData("latency.p99", "ms", false, false)]
    [InlineData("median", "ns", false, false)]
    [InlineData("peak.working_set", "B", false, false)]
    [InlineData("allocated", "B", false, true)]
    [InlineData("operations.failed", "", false, true)]
    [InlineData("throughput", "", true, false)]
    [InlineData("requests", "1/s", true, false)]
    [InlineData("success_rate", "", true, false)]
    public void Suggested_name_and_unit_tell_how_a_metric_is_judged(string metric, string unit, bool higherIsBetter, bool isExact)
    {
        Assert.Equal(new MetricRule(higherIsBetter, isExact), MetricRule.Suggested(metric, unit));
    }

    [Theory]
    [InlineData("operations")]
    [InlineData("duration.count")]
    [InlineData("measured_time")]
    [InlineData("measured_on_process")]
    [InlineData("generator.kept_rate")]
    [InlineData("standard error")]
    [InlineData("iterations")]
    public void Suggested_figures_about_the_measurement_are_not_judged(string metric)
    {
        Assert.Null(MetricRule.Suggested(metric, ""));
    }
}
