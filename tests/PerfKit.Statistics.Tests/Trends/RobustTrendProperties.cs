using FsCheck;

namespace PerfKit.Statistics.Tests;

/// <summary>Laws that hold for any series. Integers and powers of two keep the arithmetic exact, so that results compare equal.</summary>
public sealed class RobustTrendProperties
{
    [Fact]
    public void Fit_shifting_times_and_values_changes_nothing() =>
        ForAnySeries((times, values, seed) =>
            RobustTrend.Fit([.. times.Select(t => t + seed % 1000)], [.. values.Select(v => v - seed % 777)]) == RobustTrend.Fit(times, values));

    [Fact]
    public void Fit_scaling_values_and_times_scales_the_slopes_only() =>
        ForAnySeries((times, values, _) =>
        {
            Trend plain = RobustTrend.Fit(times, values);
            Trend scaled = RobustTrend.Fit([.. times.Select(t => t * 2)], [.. values.Select(v => v * 8)]);
            return scaled == plain with { Slope = plain.Slope * 4, SlopeLow = plain.SlopeLow * 4, SlopeHigh = plain.SlopeHigh * 4 };
        });

    [Fact]
    public void Fit_mirrored_values_mirror_the_trend() =>
        ForAnySeries((times, values, _) =>
        {
            Trend plain = RobustTrend.Fit(times, values);
            Trend mirrored = RobustTrend.Fit(times, [.. values.Select(v => -v)]);
            TrendDirection expected = plain.Direction switch
            {
                TrendDirection.Rising => TrendDirection.Falling,
                TrendDirection.Falling => TrendDirection.Rising,
                TrendDirection same => same,
            };

            // Points that share a time are cut into blocks in order of value, so a block's edge among them has no exact mirror.
            if (plain.Count > RobustTrend.MaximumCount)
                return true;

            // The median of an even number of slopes is a mean of two, rounded from the lower: its mirror may differ in the last digit.
            return mirrored == plain with
            {
                Direction = expected,
                Slope = mirrored.Slope,
                SlopeLow = -plain.SlopeHigh,
                SlopeHigh = -plain.SlopeLow,
            } && (plain.Slope is null || Math.Abs(plain.Slope.Value + mirrored.Slope!.Value) <= 1e-12 * Math.Abs(plain.Slope.Value));
        });

    [Fact]
    public void Fit_order_of_the_points_has_no_effect() =>
        ForAnySeries((times, values, seed) =>
        {
            int[] order = [.. Enumerable.Range(0, times.Length)];
            new System.Random(seed).Shuffle(order);
            return RobustTrend.Fit([.. order.Select(i => times[i])], [.. order.Select(i => values[i])]) == RobustTrend.Fit(times, values);
        });

    [Fact]
    public void Fit_strictly_rising_series_is_rising() =>
        ForAnySeries((steps, rises, _) =>
        {
            Trend trend = RobustTrend.Fit(Climb(steps), Climb(rises));
            return steps.Length < RobustTrend.MinimumCount || (trend.Direction == TrendDirection.Rising && trend.Slope > 0);
        });

    [Fact]
    public void Fit_any_verdict_agrees_with_its_figures() =>
        ForAnySeries((times, values, _) =>
        {
            Trend trend = RobustTrend.Fit(times, values);
            return (trend.Direction is TrendDirection.Rising or TrendDirection.Falling) == (trend.PValue < 1 - 0.95)
                && (trend.PValue is null || trend.PValue is >= 0 and <= 1)
                && (trend.SlopeLow is null || (trend.SlopeLow <= trend.Slope && trend.Slope <= trend.SlopeHigh));
        });

    /// <summary>Series of 0 to about 100 points, a third of them longer than the block limit; times repeat now and then.</summary>
    private static void ForAnySeries(Func<double[], double[], int, bool> law)
    {
        Gen<(double[], double[], int)> series =
            from count in Gen.Frequency(Tuple.Create(2, Gen.Choose(0, 60)), Tuple.Create(1, Gen.Choose(390, 900)))
            from times in Gen.ArrayOf(count, Gen.Choose(-2000, 2000))
            from values in Gen.ArrayOf(count, Gen.Choose(-50, 50))
            from seed in Gen.Choose(0, int.MaxValue)
            select (times.Select(t => (double)t).ToArray(), values.Select(v => (double)v).ToArray(), seed);

        Prop.ForAll(series.ToArbitrary(), s => law(s.Item1, s.Item2, s.Item3)).QuickCheckThrowOnFailure();
    }

    private static double[] Climb(double[] steps)
    {
        double height = 0;
        return [.. steps.Select(step => height += Math.Abs(step) + 1)];
    }
}
