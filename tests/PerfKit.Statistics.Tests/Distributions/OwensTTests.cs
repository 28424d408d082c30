namespace PerfKit.Statistics.Tests;

public sealed class OwensTTests
{
    // T(h, 1) = Φ(h) (1 − Φ(h)) / 2, and T(0, a) = atan(a) / 2π: Owen 1956, equations 2.3 and 2.2.
    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    [InlineData(3.5)]
    public void Of_one_has_a_closed_form(double h) =>
        Assert.Equal(Normal.Cumulative(h) * Normal.UpperTail(h) / 2, OwensT.Of(h, 1), 8);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    public void Of_zero_is_an_angle(double a) => Assert.Equal(Math.Atan(a) / (2 * Math.PI), OwensT.Of(0, a), 10);
}
