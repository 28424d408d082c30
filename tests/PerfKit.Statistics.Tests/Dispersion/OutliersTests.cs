using FsCheck;

namespace PerfKit.Statistics.Tests;

public sealed class OutliersTests
{
    [Fact]
    public void Find_spike_in_a_steady_series_is_found_where_it_stands()
    {
        Assert.Equal([3], Outliers.Find([10, 11, 9, 60, 10, double.NaN, 12, 9, 11]));
    }

    [Fact]
    public void Find_long_tail_is_judged_by_its_own_side()
    {
        // 3 below is too far for the narrow side; 12 above is not for the wide one.
        double[] values = [97, 99.8, 99.9, 100, 100, 100.1, 102, 104, 107, 112];

        Assert.Equal([0], Outliers.Find(values));
    }

    [Fact]
    public void Find_side_of_mostly_one_value_still_finds_what_is_far()
    {
        double[] values = [.. Enumerable.Repeat(5.0, 20), 5.001, 9];

        Assert.Equal([21], Outliers.Find(values));
    }

    [Fact]
    public void Find_all_alike_or_too_few_finds_nothing()
    {
        Assert.Empty(Outliers.Find([3, 3, 3, 3, 3, 3]));
        Assert.Empty(Outliers.Find([1, 1, 1, 1000]));
        Assert.Equal([4], Outliers.Find([1, 1.1, 1.2, 1.1, 1000]));
    }

    [Fact]
    public void Find_normal_values_are_seldom_outliers()
    {
        Assert.InRange(Outliers.Find(new Noise(2).Series(10_000)).Count, 1, 15);       // 4.7 are expected beyond 3.5 widths
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Find_limit_not_above_zero_is_refused(double limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(limit), () => Outliers.Find([1], limit));
    }

    [Fact]
    public void Find_higher_limit_never_finds_more() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(30, Gen.Choose(-50, 50))), counts =>
        {
            double[] values = [.. counts.Select(c => (double)c * c * c)];
            return !Outliers.Find(values, 5).Except(Outliers.Find(values, 3)).Any();
        }).QuickCheckThrowOnFailure();
}
