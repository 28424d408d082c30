namespace PerfKit.Statistics.Tests;

public sealed class BootstrapTests
{
    // Efron and Tibshirani, An Introduction to the Bootstrap, 1993, table 14.1: spatial test data, column A.
    private static readonly double[] Spatial =
        [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

    [Fact]
    public void Interval_of_a_variance_agrees_with_the_book()
    {
        // Table 14.2 has 115.8 to 259.6 from 2,000 draws; 2,000 other draws move an end by a few units.
        BootstrapInterval interval = Bootstrap.Interval(Spatial, Variance, new BootstrapOptions { Confidence = 0.9, Resamples = 20_000 })!;

        Assert.Equal(171.5, interval.Estimate, 1);
        Assert.InRange(interval.Low, 112, 120);
        Assert.InRange(interval.High, 252, 267);
        Assert.True(interval.IsBiasCorrected);
    }

    [Fact]
    public void Interval_of_a_mean_covers_it_as_often_as_promised()
    {
        int covered = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            double[] values = new Noise(seed).Series(30);
            BootstrapInterval interval = Bootstrap.Interval(values, Mean, new BootstrapOptions { Confidence = 0.9, Resamples = 500 })!;
            covered += interval.Low <= 0 && 0 <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered / 300.0, 0.84, 0.95);
    }

    [Fact]
    public void Interval_of_a_ratio_of_medians_covers_it()
    {
        var noise = new Noise(3);
        double[] before = [.. noise.Series(60).Select(v => 100 + v)], after = [.. noise.Series(40).Select(v => 120 + v)];

        BootstrapInterval interval = Bootstrap.Interval(before, after, (b, a) => Median(a) / Median(b))!;

        Assert.InRange(interval.Estimate, 1.19, 1.21);
        Assert.InRange(1.2, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, 0.004, 0.02);
    }

    [Fact]
    public void Interval_equal_seeds_give_equal_intervals_and_others_do_not()
    {
        var other = new BootstrapOptions { Seed = 2 };

        Assert.Equal(Bootstrap.Interval(Spatial, Mean), Bootstrap.Interval(Spatial, Mean));
        Assert.NotEqual(Bootstrap.Interval(Spatial, Mean), Bootstrap.Interval(Spatial, Mean, other));
    }

    [Fact]
    public void Interval_statistic_may_sort_its_span_without_harm()
    {
        double[] given = [.. Spatial];

        Bootstrap.Interval(given, Median);

        Assert.Equal(Spatial, given);
    }

    [Fact]
    public void Interval_values_all_alike_is_a_point()
    {
        BootstrapInterval interval = Bootstrap.Interval([7, 7, 7, 7, 7, 7], Mean)!;

        Assert.Equal((7, 7, 0, false), (interval.Low, interval.High, interval.StandardError, interval.IsBiasCorrected));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Interval_too_few_values_get_none(int count, bool given)
    {
        double[] values = [double.NaN, .. Enumerable.Range(1, count).Select(v => (double)v)];

        Assert.Equal(given, Bootstrap.Interval(values, Mean) is not null);
    }

    [Fact]
    public void Interval_statistic_that_is_not_finite_gets_none()
    {
        Assert.Null(Bootstrap.Interval([0, 0, 0, 0, 1], sample => 1 / sample.ToArray().Sum()));
    }

    [Theory]
    [InlineData(0, 2000, "Confidence is 0; allowed is between 0 and 1, both excluded.")]
    [InlineData(1, 99, "Confidence is 1; allowed is between 0 and 1, both excluded. Resamples is 99; allowed is from 100 to 1000000.")]
    [InlineData(0.5, 1_000_001, "Resamples is 1000001; allowed is from 100 to 1000000.")]
    public void Interval_options_out_of_range_are_refused_all_at_once(double confidence, int resamples, string message)
    {
        var options = new BootstrapOptions { Confidence = confidence, Resamples = resamples };

        Assert.StartsWith(message, Assert.Throws<ArgumentException>("options", () => Bootstrap.Interval(Spatial, Mean, options)).Message);
    }

    private static double Mean(Span<double> sample) => sample.ToArray().Average();

    private static double Median(Span<double> sample)
    {
        sample.Sort();
        return Quantile.OfSorted(sample, 0.5)!.Value;
    }

    private static double Variance(Span<double> sample)
    {
        double mean = Mean(sample);
        return sample.ToArray().Average(value => (value - mean) * (value - mean));
    }
}
