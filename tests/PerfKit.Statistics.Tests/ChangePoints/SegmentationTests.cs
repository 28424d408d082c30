namespace PerfKit.Statistics.Tests;

public sealed class SegmentationTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Cut_AnySeries_CostsAsLittleAsTheBestOfAllWays(int minimumSegment)
    {
        for (int seed = 0; seed < 200; seed++)
        {
            // Steep lines and steps next to each other, and outliers left in: where a start pruned too early is missed.
            double[] values = [.. new Noise(seed).Autocorrelated(60, 0.95).Select((value, i) => value + i * 7 % 25 / 12 * 6)];
            SegmentCosts costs = Costs(values, variance: 0.02, minimumSegment);

            List<int> edges = Segmentation.Cut(costs, minimumSegment);

            Assert.Equal((0, values.Length), (edges[0], edges[^1]));
            Assert.All(edges.Zip(edges.Skip(1)), pair => Assert.True(pair.First + minimumSegment <= pair.Second));
            Assert.Equal(LeastCost(costs, minimumSegment), edges.Zip(edges.Skip(1)).Sum(pair => costs.Of(pair.First, pair.Second)), 1e-6);
        }
    }

    [Fact]
    public void Of_ASegment_IsItsSquaredResidualsAndItsParameters()
    {
        double[] values = [5, 1, 2, 3.5, 4, 7, 0, 0];
        SegmentCosts costs = Costs(values, variance: 1e-3, 2);
        double logarithm = Math.Log(8);

        // Of 1, 2, 3.5, 4 the line is 2.625 ± 1.05 a step: residuals −0.05, −0.1, 0.35, −0.2 of the given values.
        double unit = Observations.Of(values, 2, double.PositiveInfinity).Unit;
        Assert.Equal(0.175 / (unit * unit) / 1e-3 + 3.5 * logarithm, costs.Of(1, 5), 1e-9);
        Assert.Equal(2.5 * logarithm, costs.Of(6, 8), 1e-9);
        Assert.Equal(1.05 / unit, costs.Fit(1, 5).Slope, 1e-9);
        Assert.Equal(0, costs.Fit(6, 8).Slope);
    }

    private static SegmentCosts Costs(double[] values, double variance, int reach) =>
        new(new RunningSums(Observations.Of(values, reach, double.PositiveInfinity)), variance, locationCost: 1.5);

    private static double LeastCost(SegmentCosts costs, int minimumSegment)
    {
        double[] best = new double[costs.Count + 1];
        for (int end = 1; end <= costs.Count; end++)
        {
            best[end] = double.PositiveInfinity;
            for (int start = 0; start <= end - minimumSegment; start++)
                best[end] = Math.Min(best[end], best[start] + costs.Of(start, end));
        }

        return best[^1];
    }
}
