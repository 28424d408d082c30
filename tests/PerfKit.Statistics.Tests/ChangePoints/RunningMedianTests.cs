namespace PerfKit.Statistics.Tests;

public sealed class RunningMedianTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(9, 1)]
    [InlineData(40, 3)]
    [InlineData(5, 7)]
    public void Of_AnySeries_HoldsTheMedianOfEachWindow(int count, int reach)
    {
        double[] values = [.. new Noise(count).Series(count).Select(value => Math.Round(value))];

        (double Low, double High)[] medians = RunningMedian.Of(values, reach);

        Assert.Equal(count, medians.Length);
        for (int i = 0; i < count; i++)
        {
            double median = Quantile.Of(values.AsSpan(Math.Max(0, i - reach)..Math.Min(count, i + reach + 1)), 0.5)!.Value;
            Assert.InRange(median, medians[i].Low, medians[i].High);
            if (i >= reach && i + reach < count)
                Assert.Equal((median, median), medians[i]);
        }
    }

    [Fact]
    public void Of_ALine_HoldsEachOfItsValues()
    {
        double[] values = [.. Enumerable.Range(0, 30).Select(i => 3.0 * i)];

        Assert.All(RunningMedian.Of(values, 4).Zip(values), pair => Assert.InRange(pair.Second, pair.First.Low, pair.First.High));
    }

    [Fact]
    public void Of_AWindowCutToAnEvenCount_GivesBothMedians()
    {
        Assert.Equal((1, 9), RunningMedian.Of([1, 1, 1, 1, 9, 9, 9, 9], 4)[3]);
    }
}
