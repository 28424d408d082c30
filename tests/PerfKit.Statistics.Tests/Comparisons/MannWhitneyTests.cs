namespace PerfKit.Statistics.Tests;

public sealed class MannWhitneyTests
{
    // Permeability of the human chorioamnion: Hollander and Wolfe, Nonparametric Statistical Methods, 1973, p. 69; R's wilcox.test has it too.
    private static readonly double[] AtTerm = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    private static readonly double[] Earlier = [1.15, 0.88, 0.90, 0.74, 1.21];

    [Fact]
    public void Compare_permeability_agrees_with_the_book()
    {
        MannWhitneyResult result = MannWhitney.Compare(Earlier, AtTerm);

        Assert.True(result.IsExact);
        Assert.Equal(35, result.U);
        Assert.Equal(0.1272061272061272, result.PValueGreater!.Value, 12);
        Assert.Equal(0.2544122544122544, result.PValue!.Value, 12);
        Assert.Equal(0.305, result.Shift!.Value, 12);
        Assert.Equal(0.7, result.ProbabilityOfSuperiority);
        Assert.Equal(0.4, result.CliffsDelta!.Value, 12);
    }

    // Expected values: all splits of the pooled values listed one by one in Python, with fractions.
    [Theory]
    [InlineData(new double[] { 1, 2, 2, 3, 5 }, new double[] { 2, 3, 4, 4, 6, 7 }, 23.5, 0.9502164502164502, 0.06277056277056277, 2)]
    [InlineData(new double[] { 1.5, 1.5, 1.5 }, new double[] { 1.5, 1.5, 2 }, 6, 1, 0.5, 0)]
    public void Compare_ties_agree_with_every_split_listed(double[] before, double[] after, double u, double less, double greater, double shift)
    {
        MannWhitneyResult result = MannWhitney.Compare(before, after);

        Assert.Equal(u, result.U);
        Assert.Equal(less, result.PValueLess!.Value, 12);
        Assert.Equal(greater, result.PValueGreater!.Value, 12);
        Assert.Equal(shift, result.Shift);
    }

    [Fact]
    public void Compare_three_with_three_apart_is_as_sure_as_twenty_splits_allow()
    {
        MannWhitneyResult result = MannWhitney.Compare([1, 2, 3], [11, 12, 13]);

        Assert.Equal(1 / 20.0, result.PValueGreater!.Value, 12);
        Assert.Equal(1, result.CliffsDelta);
        Assert.Null(result.ShiftLow);           // 95 % cannot be had from nine pairs
        Assert.Equal(10, result.Shift);
    }

    [Fact]
    public void Compare_exact_and_approximate_meet_where_one_takes_over()
    {
        var noise = new Noise(5);
        double[] before = noise.Series(30), exactAfter = [.. noise.Series(30).Select(v => v + 0.6)];
        double[] approximateAfter = [.. exactAfter, 0.31];

        MannWhitneyResult exact = MannWhitney.Compare(before, exactAfter), approximate = MannWhitney.Compare(before, approximateAfter);

        Assert.True(exact.IsExact);
        Assert.False(approximate.IsExact);
        JointRanks ranks = JointRanks.Of([.. before.Order()], [.. exactAfter.Order()]);
        Assert.InRange(RankSumApproximation.Tails(ranks).Greater / exact.PValueGreater!.Value, 0.95, 1.05);
        Assert.InRange(RankSumApproximation.LowerRank(ranks, 0.025) - RankSumDistribution.LowerRank(30, 30, 0.025), -1, 1);
    }

    [Fact]
    public void Compare_true_shift_is_inside_the_interval_as_often_as_promised()
    {
        int covered = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var noise = new Noise(seed);
            MannWhitneyResult result = MannWhitney.Compare(
                noise.Series(20, noise.HeavyTailed), [.. noise.Series(15, noise.HeavyTailed).Select(v => v + 2)], 0.9);
            covered += result.ShiftLow <= 2 && 2 <= result.ShiftHigh ? 1 : 0;
        }

        Assert.InRange(covered / 400.0, 0.87, 0.95);
    }

    [Fact]
    public void Compare_ten_thousand_with_ten_thousand_lists_no_pairs()
    {
        var noise = new Noise(1);
        double[] before = noise.Series(10_000), after = [.. noise.Series(10_000).Select(v => v + 0.1)];
        long allocated = GC.GetAllocatedBytesForCurrentThread();

        MannWhitneyResult result = MannWhitney.Compare(before, after);

        Assert.InRange(result.Shift!.Value, 0.05, 0.15);
        Assert.True(result.ShiftLow < result.Shift && result.Shift < result.ShiftHigh);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 2_000_000);
    }

    [Fact]
    public void Compare_values_that_are_not_finite_are_ignored()
    {
        Assert.Equal(
            MannWhitney.Compare([1, 2, 3], [2, 4]),
            MannWhitney.Compare([double.NaN, 1, 2, double.PositiveInfinity, 3], [2, double.NegativeInfinity, 4]));
    }

    [Fact]
    public void Compare_nothing_says_nothing()
    {
        Assert.Equal(new MannWhitneyResult { CountBefore = 0, CountAfter = 1 }, MannWhitney.Compare([double.NaN], [1]));
    }

    [Fact]
    public void Compare_all_alike_is_no_difference()
    {
        MannWhitneyResult result = MannWhitney.Compare(Enumerable.Repeat(4.0, 50).ToArray(), Enumerable.Repeat(4.0, 50).ToArray());

        Assert.Equal(1, result.PValue);
        Assert.Equal(0, result.Shift);
        Assert.Equal(0.5, result.ProbabilityOfSuperiority);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Compare_confidence_outside_its_range_is_refused(double confidence)
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(confidence), () => MannWhitney.Compare([1], [2], confidence));
    }
}
