using System.Globalization;

namespace PerfKit.Reporting.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(1.24, Unit.Seconds, "1.24 s")]
    [InlineData(0.384, Unit.Seconds, "384 ms")]
    [InlineData(0.000062, Unit.Seconds, "62 µs")]
    [InlineData(0.0000000348, Unit.Seconds, "35 ns")]
    [InlineData(1e-12, Unit.Seconds, "<1 ns")]
    [InlineData(0, Unit.Seconds, "0 s")]
    [InlineData(0.9994, Unit.Seconds, "999 ms")]
    [InlineData(0.9996, Unit.Seconds, "1.00 s")]
    [InlineData(9.994, Unit.Seconds, "9.99 s")]
    [InlineData(9.996, Unit.Seconds, "10.0 s")]
    [InlineData(59.94, Unit.Seconds, "59.9 s")]
    [InlineData(59.96, Unit.Seconds, "1 min")]
    [InlineData(125, Unit.Seconds, "2 min 05 s")]
    [InlineData(3599.6, Unit.Seconds, "1 h")]
    [InlineData(11_520, Unit.Seconds, "3 h 12 min")]
    [InlineData(-1.24, Unit.Seconds, "-1.24 s")]
    [InlineData(67_108_864, Unit.Bytes, "64.0 MiB")]
    [InlineData(1_073_741_824, Unit.Bytes, "1.0 GiB")]
    [InlineData(1_048_575, Unit.Bytes, "1.0 MiB")]
    [InlineData(512, Unit.Bytes, "512 B")]
    [InlineData(0, Unit.Bytes, "0 B")]
    [InlineData(12_400_000, Unit.BytesPerSecond, "12.4 MB/s")]
    [InlineData(999, Unit.BytesPerSecond, "999 B/s")]
    [InlineData(0.93, Unit.Cores, "0.93 cores")]
    [InlineData(-0.001, Unit.Cores, "0.00 cores")]
    [InlineData(87, Unit.Percent, "87 %")]
    [InlineData(0.42, Unit.Percent, "0.4 %")]
    [InlineData(9.96, Unit.Percent, "10 %")]
    [InlineData(12_345, Unit.Count, "12 345")]
    [InlineData(1024, Unit.Count, "1024")]
    [InlineData(1_234_567, Unit.Count, "1 234 567")]
    [InlineData(2.5, Unit.Count, "2.5")]
    [InlineData(12_345, Unit.CountPerSecond, "12 345/s")]
    [InlineData(92.4, Unit.Score, "92/100")]
    [InlineData(0.931, Unit.None, "0.931")]
    [InlineData(1e300, Unit.Count, "1.00e+300")]
    [InlineData(double.NaN, Unit.Seconds, "–")]
    [InlineData(double.PositiveInfinity, Unit.Bytes, "∞ B")]
    [InlineData(double.NegativeInfinity, Unit.None, "-∞")]
    public void Format_a_figure_gives_what_a_human_reads(double value, Unit unit, string expected)
    {
        Assert.Equal(expected, new Quantity(value, unit).Format());
    }

    [Fact]
    public void Format_an_unknown_figure_gives_a_dash_in_every_unit()
    {
        Assert.All(Enum.GetValues<Unit>(), unit => Assert.Equal("–", new Quantity(null, unit).ToString()));
    }

    [Fact]
    public void Format_in_another_culture_gives_the_same()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("1.24 s", new Quantity(1.24, Unit.Seconds).Format());
            Assert.Equal("12 345", new Quantity(12_345, Unit.Count).Format());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Of_no_duration_is_unknown()
    {
        Assert.Equal(new Quantity(null, Unit.Seconds), Quantity.Of(null));
        Assert.False(Quantity.Of(null).IsKnown);
    }
}
