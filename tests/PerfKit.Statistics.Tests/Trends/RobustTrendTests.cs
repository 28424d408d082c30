namespace PerfKit.Statistics.Tests;

public sealed class RobustTrendTests
{
    // Sen 1968 gives this example and its slope, 4. Seven points are too few for a verdict of ours.
    [Fact]
    public void Fit_example_of_Sen_gives_his_slope_and_no_verdict()
    {
        Trend trend = RobustTrend.Fit([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]);

        Assert.Equal(new Trend { Direction = TrendDirection.Unknown, Slope = 4, Count = 7 }, trend);
    }

    // Expected values: computed apart from this code by a Python script in exact fractions (slopes, ranks, variance), with
    // math.erfc for the p-value and statistics.NormalDist for the quantile. Score −1387, variance 338185/3, ranks 2145 from the ends.
    [Fact]
    public void Fit_flow_of_the_Nile_matches_the_independent_computation()
    {
        Trend trend = RobustTrend.Fit(Nile.Years, Nile.Flow);

        Assert.Equal(TrendDirection.Falling, trend.Direction);
        Assert.Equal(-13.0 / 5, trend.Slope!.Value, 12);
        Assert.Equal(-127.0 / 35, trend.SlopeLow!.Value, 12);
        Assert.Equal(-47.0 / 33, trend.SlopeHigh!.Value, 12);
        Assert.InRange(trend.PValue!.Value / 3.658262921664336e-05, 1 - 1e-10, 1 + 1e-10);
        Assert.Equal(100, trend.Count);
    }

    // As above. Score 53, variance 65737/330, 61 slopes, ranks 18 from the ends.
    [Fact]
    public void Fit_ties_in_times_and_values_match_the_independent_computation()
    {
        Trend trend = RobustTrend.Fit(
            [1, 1, 2, 3, 3, 4, 5, 6, 6, 6, 7, 8],
            [3, 4, 4, 4, 6, 5, 6, 9, 9, 8, 9, 12],
            confidence: 0.9);

        Assert.Equal(TrendDirection.Rising, trend.Direction);
        Assert.Equal(1, trend.Slope!.Value, 12);
        Assert.Equal(5.0 / 6, trend.SlopeLow!.Value, 12);
        Assert.Equal(1.5, trend.SlopeHigh!.Value, 12);
        Assert.Equal(0.00022932905467884672, trend.PValue!.Value, 14);
    }

    [Theory]
    [InlineData(RobustTrend.MinimumCount - 1, TrendDirection.Unknown)]
    [InlineData(RobustTrend.MinimumCount, TrendDirection.Rising)]
    public void Fit_needs_the_minimum_count_for_a_verdict(int count, TrendDirection expected)
    {
        double[] line = Line(count);

        Trend trend = RobustTrend.Fit(line, line);

        Assert.Equal(expected, trend.Direction);
        Assert.Equal(expected is TrendDirection.Unknown, trend.PValue is null);
        Assert.Equal(expected is TrendDirection.Unknown, trend.SlopeLow is null);
        Assert.Equal(1, trend.Slope);
    }

    [Fact]
    public void Fit_empty_series_is_unknown_without_figures()
    {
        Assert.Equal(new Trend { Direction = TrendDirection.Unknown, Count = 0 }, RobustTrend.Fit([], []));
    }

    [Fact]
    public void Fit_all_points_at_one_time_is_unknown_without_a_slope()
    {
        Assert.Equal(new Trend { Direction = TrendDirection.Unknown, Count = 9 }, RobustTrend.Fit(new double[9], Line(9)));
    }

    [Fact]
    public void Fit_pairs_that_are_not_finite_are_ignored()
    {
        double[] times = [0, 1, 2, double.NaN, 4, 5, 6, 7, 8, 9, 10];
        double[] values = [0, 1, double.NaN, 3, 4, double.PositiveInfinity, 6, 7, 8, 9, 10];

        Trend trend = RobustTrend.Fit(times, values);

        Assert.Equal(8, trend.Count);
        Assert.Equal(1, trend.Slope);
    }

    [Fact]
    public void Fit_constant_series_is_flat_with_a_certain_slope_of_zero()
    {
        Trend trend = RobustTrend.Fit(Line(50), [.. Enumerable.Repeat(3.5, 50)]);

        Assert.Equal(
            new Trend { Direction = TrendDirection.Flat, Slope = 0, SlopeLow = 0, SlopeHigh = 0, PValue = 1, Count = 50 },
            trend);
    }

    [Fact]
    public void Fit_wild_outliers_leave_the_slope_where_it_was()
    {
        double[] values = Line(40);
        for (int i = 0; i < values.Length; i += 5)
            values[i] = i % 2 == 0 ? 1e9 : -1e9;

        Assert.Equal(1, RobustTrend.Fit(Line(40), values).Slope!.Value, 1);
    }

    [Fact]
    public void Fit_confidence_too_high_for_so_few_points_leaves_the_slope_unbounded()
    {
        Trend trend = RobustTrend.Fit(Line(8), [1, 0, 3, 2, 5, 4, 7, 6], confidence: 0.99999);

        Assert.Null(trend.SlopeLow);
        Assert.Null(trend.SlopeHigh);
        Assert.NotNull(trend.Slope);
    }

    [Fact]
    public void Fit_slope_beyond_double_is_null_rather_than_infinite()
    {
        double[] values = [.. Line(10).Select(x => (x - 4.5) * 3e307)];
        double[] times = [.. Line(10).Select(x => x * 1e-3)];

        Trend trend = RobustTrend.Fit(times, values);

        Assert.Null(trend.Slope);
        Assert.Equal(TrendDirection.Rising, trend.Direction);
    }

    [Theory]
    [InlineData(RobustTrend.MaximumCount)]
    [InlineData(RobustTrend.MaximumCount + 1)]
    [InlineData(10_000)]
    public void Fit_long_series_keeps_its_slope_and_reports_every_point(int count)
    {
        double[] times = Line(count);

        Trend trend = RobustTrend.Fit(times, [.. times.Select(t => 2 * t + 5)]);

        Assert.Equal(2, trend.Slope!.Value, 9);
        Assert.Equal(count, trend.Count);
    }

    [Fact]
    public void Fit_long_series_is_judged_by_its_block_medians()
    {
        // In each block of three one point is far off: as points they would drown the trend, as medians they vanish.
        double[] times = Line(3 * RobustTrend.MaximumCount);
        double[] values = [.. times.Select((t, i) => i % 3 == 1 ? -1e6 : t)];

        Trend trend = RobustTrend.Fit(times, values);

        Assert.Equal(TrendDirection.Rising, trend.Direction);
        Assert.Equal(1, trend.Slope!.Value, 9);
        Assert.Equal(1, trend.SlopeLow!.Value, 9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    public void Fit_confidence_outside_its_range_is_refused_before_the_data_is_looked_at(double confidence)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(confidence), () => RobustTrend.Fit([], [], confidence));
    }

    [Fact]
    public void Fit_times_and_values_of_different_length_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>("values", () => RobustTrend.Fit([1, 2], [1]));
        Assert.Contains("2 times but 1 values", error.Message, StringComparison.Ordinal);
    }

    private static double[] Line(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];
}
