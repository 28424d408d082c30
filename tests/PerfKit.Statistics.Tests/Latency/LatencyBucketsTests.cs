namespace PerfKit.Statistics.Tests;

public sealed class LatencyBucketsTests
{
    [Fact]
    public void Buckets_follow_each_other_without_gap_or_overlap()
    {
        Assert.Equal(0, LatencyBuckets.LowestOf(0));
        for (int index = 0; index < LatencyBuckets.Count - 1; index++)
            Assert.Equal(LatencyBuckets.HighestOf(index) + 1, LatencyBuckets.LowestOf(index + 1));
        Assert.Equal(LatencyBuckets.Longest, LatencyBuckets.HighestOf(LatencyBuckets.Count - 1));
    }

    [Fact]
    public void IndexOf_both_ends_of_every_bucket_is_that_bucket()
    {
        for (int index = 0; index < LatencyBuckets.Count; index++)
        {
            Assert.Equal(index, LatencyBuckets.IndexOf(LatencyBuckets.LowestOf(index)));
            Assert.Equal(index, LatencyBuckets.IndexOf(LatencyBuckets.HighestOf(index)));
        }
    }

    [Fact]
    public void MiddleOf_every_bucket_is_within_the_stated_error_of_both_its_ends()
    {
        for (int index = 1; index < LatencyBuckets.Count; index++)
        {
            double middle = LatencyBuckets.MiddleOf(index);
            Assert.InRange((middle - LatencyBuckets.LowestOf(index)) / LatencyBuckets.LowestOf(index), 0, LatencyHistogram.MaxRelativeError);
            Assert.InRange((LatencyBuckets.HighestOf(index) - middle) / LatencyBuckets.HighestOf(index), 0, LatencyHistogram.MaxRelativeError);
        }
    }

    [Theory]
    [InlineData(long.MinValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(63, 63)]
    [InlineData(64, 64)]
    [InlineData(65, 64)]
    [InlineData(66, 65)]
    [InlineData(LatencyBuckets.Longest - 1, LatencyBuckets.Count - 1)]
    [InlineData(LatencyBuckets.Longest, LatencyBuckets.Count - 1)]
    [InlineData(LatencyBuckets.Longest + 1, LatencyBuckets.Count - 1)]
    [InlineData(long.MaxValue, LatencyBuckets.Count - 1)]
    public void IndexOf_a_clamped_duration_at_the_limits_stays_inside(long nanoseconds, int expected) =>
        Assert.Equal(expected, LatencyBuckets.IndexOf(LatencyBuckets.Clamp(nanoseconds)));

    [Fact]
    public void MaxRelativeError_is_at_most_two_percent() => Assert.InRange(LatencyHistogram.MaxRelativeError, 0.01, 0.02);
}
