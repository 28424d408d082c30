using FsCheck;

namespace PerfKit.Statistics.Tests;

public sealed class ForecasterTests
{
    [Fact]
    public void Forecast_of_a_rising_series_agrees_with_a_second_implementation()
    {
        // Expected: Hyndman and Billah's equations written anew in Python, smoothing weights tried by 0.01 (the best is 1).
        IReadOnlyList<Forecast> forecasts = Forecaster.Forecast([112, 118, 121, 119, 125, 131, 128, 134, 139, 137, 143, 148], 2);

        Assert.Equal(149.49825174825176, forecasts[0].Value, 9);
        Assert.Equal(140.04302972740916, forecasts[0].Low, 9);
        Assert.Equal(158.95347376909436, forecasts[0].High, 9);
        Assert.Equal(150.9965034965035, forecasts[1].Value, 9);
        Assert.Equal(137.62480027937914, forecasts[1].Low, 9);
    }

    [Fact]
    public void Forecast_next_value_is_inside_the_interval_as_often_as_promised()
    {
        int covered = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            double[] values = new Noise(seed).Series(61);
            Forecast next = Forecaster.Forecast(values.AsSpan(0, 60), 1, 0.9)[0];
            covered += next.Low <= values[60] && values[60] <= next.High ? 1 : 0;
        }

        Assert.InRange(covered / 400.0, 0.84, 0.95);
    }

    [Fact]
    public void Forecast_intervals_never_narrow_with_the_horizon() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(20, Gen.Choose(-100, 100))), counts =>
        {
            IReadOnlyList<Forecast> forecasts = Forecaster.Forecast([.. counts.Select(c => (double)c)], 10);
            return forecasts.Zip(forecasts.Skip(1)).All(pair => pair.Second.High - pair.Second.Low >= pair.First.High - pair.First.Low - 1e-9)
                && forecasts.All(forecast => forecast.Low <= forecast.Value && forecast.Value <= forecast.High);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Forecast_lone_spike_does_not_lift_it()
    {
        double[] values = new Noise(4).Series(40);
        double[] spiked = [.. values];
        spiked[38] = 1000;

        Assert.InRange(Forecaster.Forecast(spiked, 1)[0].Value - Forecaster.Forecast(values, 1)[0].Value, -2, 2);
    }

    [Fact]
    public void Forecast_steady_values_go_on()
    {
        Forecast next = Forecaster.Forecast(Enumerable.Repeat(7.0, 10).ToArray(), 1)[0];

        Assert.Equal(7, next.Value, 12);
        Assert.Equal(0, next.High - next.Low, 12);
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 3)]
    public void Forecast_too_few_values_get_none(int count, int expected)
    {
        Assert.Equal(expected, Forecaster.Forecast([double.NaN, .. new Noise(1).Series(count)], 3).Count);
    }

    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(1001, 0.9)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    public void Forecast_arguments_out_of_range_are_refused(int horizon, double confidence)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Forecaster.Forecast([1], horizon, confidence));
    }
}
