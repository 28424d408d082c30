namespace PerfKit.Reporting.Tests;

public sealed class SparklineTests
{
    [Theory]
    [InlineData(39)]
    [InlineData(40)]
    [InlineData(41)]
    [InlineData(60)]
    public void Draw_ofSamplesAtUnevenTimes_inventsNoGap(int columns)
    {
        var random = new System.Random(1);
        ChartPoint[] points = Enumerable.Range(0, 41).Select(i => new ChartPoint(TimeSpan.FromMilliseconds((250 * i) + random.Next(-40, 40)), i)).ToArray();

        Assert.DoesNotContain("·", Draw(columns, points), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_ofAnUnknownFigure_showsADot()
    {
        string line = Draw(5, [.. Enumerable.Range(0, 5).Select(i => new ChartPoint(TimeSpan.FromSeconds(i), i == 2 ? null : 1))]);

        Assert.Equal("██·██", line);
    }

    private static string Draw(int columns, ChartPoint[] points) => Sparkline.Draw(Assert.Single(ChartFrame.Create(
        new ChartBlock { Title = "t", Unit = Unit.Count, Series = [new ChartSeries("s", points)] }, columns).Lines));
}
