namespace PerfKit.Benchmarking.Tests;

public sealed class LoadModelTests
{
    [Fact]
    public void Open_schedule_is_evenly_spaced()
    {
        OpenLoad model = LoadModel.Open(200, TimeSpan.FromSeconds(10));

        Assert.Equal(2_000, model.Operations);
        Assert.Equal([0, 0.005, 0.01, 9.995], [model.SecondsOf(0), model.SecondsOf(1), model.SecondsOf(2), model.SecondsOf(1_999)]);
    }

    [Fact]
    public void Open_rampUp_grows_the_rate_in_a_straight_line()
    {
        OpenLoad model = LoadModel.Open(100, TimeSpan.FromSeconds(10), rampUp: TimeSpan.FromSeconds(4));

        double[] starts = [.. Enumerable.Range(0, (int)model.Operations).Select(i => model.SecondsOf(i))];

        Assert.Equal(800, model.Operations);        // 200 while it grows, 600 after
        Assert.Equal(50, starts.Count(at => at < 2));       // a quarter of the triangle in half of its time
        Assert.Equal(200, starts.Count(at => at < 4 - 1e-9));
        Assert.Equal(100, starts.Count(at => at is >= 5 - 1e-9 and < 6 - 1e-9));
        Assert.Equal(starts.Order(), starts);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(100_001, 1)]
    [InlineData(100_000, 10_001)]
    public void Closed_out_of_range_is_refused(int tasks, int operations)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadModel.Closed(tasks, operations));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(double.NaN, 1, 0)]
    [InlineData(1_000_001, 1, 0)]
    [InlineData(10, 0, 0)]
    [InlineData(10, 1, 2)]
    [InlineData(10, 1, -1)]
    [InlineData(0.5, 1, 0)]
    public void Open_out_of_range_is_refused(double rate, double seconds, double rampUp)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadModel.Open(rate, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(rampUp)));
    }

    [Fact]
    public void Closed_largest_and_smallest_are_allowed()
    {
        Assert.Equal(1_000_000_000, LoadModel.Closed(100_000, 10_000).Operations);
        Assert.Equal(1, LoadModel.Closed(1, 1).Operations);
    }
}
