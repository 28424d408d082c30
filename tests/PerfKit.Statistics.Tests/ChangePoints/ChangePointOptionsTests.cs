namespace PerfKit.Statistics.Tests;

public sealed class ChangePointOptionsTests
{
    [Fact]
    public void Detect_EveryOptionWrong_NamesEachEvenForAnEmptySeries()
    {
        var options = new ChangePointOptions { LocationCost = -1, MinimumSegment = 1, OutlierLimit = 0 };

        ArgumentException exception = Assert.Throws<ArgumentException>("options", () => ChangePointDetector.Detect([], options));

        Assert.StartsWith(
            "LocationCost is -1; allowed is a finite number from 0. MinimumSegment is 1; allowed is from 2 to 1000. "
            + "OutlierLimit is 0; allowed is above 0.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 2, double.Epsilon, true)]
    [InlineData(0, 1000, double.PositiveInfinity, true)]
    [InlineData(-0.001, 4, 3, false)]
    [InlineData(double.NaN, 4, 3, false)]
    [InlineData(double.PositiveInfinity, 4, 3, false)]
    [InlineData(1, 1, 3, false)]
    [InlineData(1, 1001, 3, false)]
    [InlineData(1, 4, -1, false)]
    [InlineData(1, 4, double.NaN, false)]
    public void Detect_OptionsAtTheirLimits_AreAcceptedOrRefused(double locationCost, int minimumSegment, double outlierLimit, bool accepted)
    {
        var options = new ChangePointOptions { LocationCost = locationCost, MinimumSegment = minimumSegment, OutlierLimit = outlierLimit };
        double[] values = new Noise(1).Series(30);

        Exception? exception = Record.Exception(() => ChangePointDetector.Detect(values, options));

        Assert.Equal(accepted, exception is null);
    }

    [Fact]
    public void Detect_HigherLocationCost_FindsNoMore()
    {
        double[] values = [.. new Noise(2).Autocorrelated(200, 0.9)];

        int[] found = [.. new double[] { 0, 1, 2, 5, 50 }.Select(cost =>
            ChangePointDetector.Detect(values, new ChangePointOptions { LocationCost = cost }).ChangePoints.Count)];

        Assert.Equal(found.OrderDescending(), found);
        Assert.Equal(0, found[^1]);
        Assert.NotEqual(0, found[0]);
    }

    [Fact]
    public void Detect_NoOutlierLimit_TakesAnOutlierAtItsWord()
    {
        double[] values = [.. new Noise(3).Series(60).Select((value, i) => i < 30 ? value : value + 6)];
        values[10] = 1e5;

        Assert.Equal(30, Assert.Single(ChangePointDetector.Detect(values).ChangePoints).Index);
        Assert.DoesNotContain(
            ChangePointDetector.Detect(values, new ChangePointOptions { OutlierLimit = double.PositiveInfinity }).ChangePoints,
            point => point.Index == 30);
    }

    [Fact]
    public void Detect_LongerMinimumSegment_KeepsSegmentsThatLong()
    {
        double[] values = [.. new Noise(4).Series(60).Select((value, i) => i is < 30 or >= 36 ? value : value + 12)];

        Assert.Equal([30, 36], ChangePointDetector.Detect(values).ChangePoints.Select(point => point.Index));
        Assert.DoesNotContain(ChangePointDetector.Detect(values, new ChangePointOptions { MinimumSegment = 10 }).ChangePoints, point => point.Index > 50);
    }
}
