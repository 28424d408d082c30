using FsCheck;

namespace PerfKit.Statistics.Tests;

public sealed class QuantileTests
{
    // Expected values follow from the definition by hand: position (n − 1) p, counted from 0, in the sorted sample.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2.5)]         // position 0.75 between 1 and 3
    [InlineData(0.5, 4.5)]          // position 1.5 between 3 and 6
    [InlineData(0.9, 8.8)]          // position 2.7 between 6 and 10
    [InlineData(1, 10)]
    public void Of_four_values_interpolates_between_neighbors(double probability, double expected)
    {
        double[] values = [6, 10, 1, 3];

        Assert.Equal(expected, Quantile.Of(values, probability)!.Value, 12);
    }

    [Theory]
    [InlineData(-0.0000001)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_probability_outside_its_range_is_refused_even_for_an_empty_sample(double probability)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(probability), () => Quantile.Of([], probability));
    }

    [Fact]
    public void Of_sample_without_numbers_is_null()
    {
        Assert.Null(Quantile.Of([], 0.5));
        Assert.Null(Quantile.Of([double.NaN, double.NaN], 0.5));
    }

    [Fact]
    public void Of_NaN_among_numbers_is_ignored()
    {
        Assert.Equal(2, Quantile.Of([double.NaN, 3, 1, double.NaN, 2], 0.5));
    }

    [Fact]
    public void Of_single_value_is_that_value_at_any_probability()
    {
        Assert.All([0, 0.3, 1], p => Assert.Equal(7, Quantile.Of([7], p)));
    }

    [Fact]
    public void Of_infinities_keep_their_place_and_never_become_NaN()
    {
        double[] values = [double.NegativeInfinity, 1, double.PositiveInfinity];

        Assert.Equal(1, Quantile.Of(values, 0.5));
        Assert.Equal(double.PositiveInfinity, Quantile.Of(values, 0.9));
        Assert.Equal(double.NegativeInfinity, Quantile.Of(values, 0.1));
        Assert.Null(Quantile.Of([double.NegativeInfinity, double.PositiveInfinity], 0.5));
    }

    [Fact]
    public void Of_values_whose_distance_overflows_stays_finite()
    {
        Assert.Equal(0, Quantile.Of([-double.MaxValue, double.MaxValue], 0.5));
    }

    [Fact]
    public void Of_leaves_its_input_unchanged()
    {
        double[] values = [3, 1, 2];

        Quantile.Of(values, 0.5);

        Assert.Equal([3, 1, 2], values);
    }

    [Fact]
    public void Of_any_sample_lies_between_minimum_and_maximum() =>
        Prop.ForAll<NonEmptyArray<NormalFloat>, byte>((sample, p) =>
        {
            double[] values = [.. sample.Get.Select(v => v.Get)];
            double quantile = Quantile.Of(values, p / 255.0)!.Value;
            return values.Min() <= quantile && quantile <= values.Max();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_higher_probability_gives_no_lower_value() =>
        Prop.ForAll<NonEmptyArray<NormalFloat>, byte, byte>((sample, p, q) =>
        {
            double[] values = [.. sample.Get.Select(v => v.Get)];
            return Quantile.Of(values, Math.Min(p, q) / 255.0) <= Quantile.Of(values, Math.Max(p, q) / 255.0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_order_of_the_sample_has_no_effect() =>
        Prop.ForAll<NonEmptyArray<NormalFloat>, byte>((sample, p) =>
        {
            double[] values = [.. sample.Get.Select(v => v.Get)];
            return Quantile.Of(values, p / 255.0) == Quantile.Of([.. values.Reverse()], p / 255.0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_scaled_and_shifted_sample_is_the_scaled_and_shifted_quantile() =>
        Prop.ForAll<NonEmptyArray<short>, byte, sbyte>((sample, p, shift) =>
        {
            double[] values = [.. sample.Get.Select(v => (double)v)];
            double expected = Quantile.Of(values, p / 256.0)!.Value * 4 + shift;
            return Quantile.Of([.. values.Select(v => v * 4 + shift)], p / 256.0) is { } actual && Math.Abs(actual - expected) < 1e-6;
        }).QuickCheckThrowOnFailure();
}
