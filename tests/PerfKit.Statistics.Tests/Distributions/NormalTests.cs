namespace PerfKit.Statistics.Tests;

public sealed class NormalTests
{
    // Expected values: erfc(z / √2) / 2 of the C library, through Python's math.erfc.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.3085375387259869)]
    [InlineData(1, 0.15865525393145707)]
    [InlineData(2, 0.02275013194817922)]
    [InlineData(2.4999, 0.006211418374944594)]      // just below and at the change of method
    [InlineData(2.5, 0.006209665325776139)]
    [InlineData(5, 2.866515718791946e-07)]
    [InlineData(20, 2.7536241186063314e-89)]
    public void UpperTail_matches_the_complementary_error_function(double z, double expected)
    {
        Assert.InRange(Normal.UpperTail(z) / expected, 1 - 1e-12, 1 + 1e-12);
    }

    // Expected values: Python's statistics.NormalDist().inv_cdf.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.4, 0.2533471031357998)]
    [InlineData(0.05, 1.6448536269514726)]
    [InlineData(0.025, 1.9599639845400538)]
    [InlineData(0.005, 2.5758293035489)]
    [InlineData(1e-6, 4.753424308822899)]
    public void UpperQuantile_inverts_the_upper_tail(double probability, double expected)
    {
        Assert.Equal(expected, Normal.UpperQuantile(probability), 12);
    }
}
