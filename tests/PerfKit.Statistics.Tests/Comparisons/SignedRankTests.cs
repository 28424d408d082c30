using FsCheck;

namespace PerfKit.Statistics.Tests;

public sealed class SignedRankTests
{
    // Darwin's maize, crossed less self-fertilized (Fisher 1935, section 17): W+ = 96 of 120; the exact one-sided p is 0.0206, as R's wilcox.test has it.
    [Fact]
    public void PValueGreater_Darwins_maize_agrees_with_the_tables()
    {
        double[] eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

        Assert.Equal(0.0206, SignedRank.PValueGreater(eighths), 4);
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, 1 / 32.0)]
    [InlineData(new double[] { 1, 1, -1 }, 0.5)]            // 4 of 8 signs give two or more of three equal ranks
    [InlineData(new double[] { 0, 0, double.NaN }, 1)]
    [InlineData(new double[] { -1, -2 }, 1)]
    public void PValueGreater_small_samples_are_counted_out(double[] differences, double expected)
    {
        Assert.Equal(expected, SignedRank.PValueGreater(differences), 12);
    }

    [Fact]
    public void PValueGreater_of_the_mirror_completes_it() =>
        Prop.ForAll(Arb.From(Gen.ArrayOf(20, Gen.Choose(-9, 9))), counts =>
        {
            double[] differences = [.. counts.Select(c => (double)c)];
            return SignedRank.PValueGreater(differences) + SignedRank.PValueGreater([.. differences.Select(d => -d)]) >= 1 - 1e-12;
        }).QuickCheckThrowOnFailure();
}
