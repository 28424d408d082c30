namespace PerfKit.Benchmarking.Tests;

public sealed class MedianIntervalTests
{
    // Tables of the sign-test interval: n and the rank of the lower end, counted from 1.
    [Theory]
    [InlineData(6, 0.95, 1)]
    [InlineData(10, 0.95, 2)]
    [InlineData(15, 0.95, 4)]
    [InlineData(20, 0.95, 6)]
    [InlineData(50, 0.95, 18)]
    [InlineData(8, 0.99, 1)]
    [InlineData(25, 0.99, 6)]
    public void Of_table_sizes_gives_the_ranks_of_the_table(int count, double confidence, int rank)
    {
        double[] sorted = [.. Enumerable.Range(1, count).Select(i => (double)i)];

        Assert.Equal((rank, count + 1 - rank), MedianInterval.Of(sorted, confidence));
    }

    [Theory]
    [InlineData(0, 0.95)]
    [InlineData(5, 0.95)]
    [InlineData(7, 0.99)]
    public void Of_too_few_values_is_null(int count, double confidence)
    {
        Assert.Null(MedianInterval.Of(new double[count], confidence));
    }

    [Fact]
    public void Of_many_values_does_not_underflow_and_nears_the_normal_approximation()
    {
        double[] sorted = [.. Enumerable.Range(1, 100_000).Select(i => (double)i)];

        (double low, double high) = MedianInterval.Of(sorted, 0.95)!.Value;

        Assert.InRange(high - low, 1.96 * Math.Sqrt(100_000) * 0.98, 1.96 * Math.Sqrt(100_000) * 1.02);
    }

    [Fact]
    public void Of_skewed_samples_covers_the_true_median_as_often_as_it_says()
    {
        var random = new Random(20260131);
        int covered = 0;
        const int Samples = 4_000;
        for (int i = 0; i < Samples; i++)
        {
            double[] sample = [.. Enumerable.Range(0, 21).Select(_ => -Math.Log(1 - random.NextDouble())).Order()];
            (double low, double high) = MedianInterval.Of(sample, 0.95)!.Value;
            covered += low <= Math.Log(2) && Math.Log(2) <= high ? 1 : 0;
        }

        // n = 21 covers with 97.3 % exactly; four standard errors around that.
        Assert.InRange((double)covered / Samples, 0.963, 0.983);
    }
}
