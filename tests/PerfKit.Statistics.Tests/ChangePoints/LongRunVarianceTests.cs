namespace PerfKit.Statistics.Tests;

public sealed class LongRunVarianceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(-0.5)]
    public void Of_AFirstOrderAutoregression_IsItsSpectrumAtZero(double memory)
    {
        double known = 1 / ((1 - memory) * (1 - memory));

        double estimate = LongRunVariance.Of(new Noise(1).Autocorrelated(20_000, memory));

        Assert.InRange(estimate / known, 0.9, 1.1);
    }

    [Fact]
    public void Of_ASeason_AddsNothing()
    {
        double[] season = [.. new Noise(2).Series(480).Select((value, i) => value + 3 * Math.Sin(i * Math.PI / 6))];

        Assert.InRange(LongRunVariance.Of(season), 0, 1.5);        // the variance of the series is 5.5
    }

    [Fact]
    public void Of_NoResiduals_IsZero() => Assert.Equal(0, LongRunVariance.Of(new double[20]));
}
