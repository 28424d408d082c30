namespace PerfKit.Statistics.Tests;

public sealed class LatencyHistogramTests
{
    private static readonly LatencyHistogram OneToHundred = new Durations([.. Enumerable.Range(1, 100).Select(i => (long)i)]).Histogram;

    // Below 64 ns every bucket is one nanosecond, so the definition shows exactly: the value at rank ⌈100 p⌉.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.01, 1)]
    [InlineData(0.0100001, 2)]
    [InlineData(0.07, 7)]           // 0.07 × 100 is 7.000000000000001 in binary
    [InlineData(0.5, 50)]
    [InlineData(0.5000001, 51)]
    [InlineData(0.63, 63)]
    [InlineData(1, 100)]
    public void Quantile_is_the_value_at_the_rank(double probability, long expected) =>
        Assert.Equal(expected, OneToHundred.Quantile(probability));

    [Theory]
    [InlineData(-0.0001)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    public void Quantile_probability_outside_its_range_is_refused_even_when_empty(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(probability), () => LatencyHistogram.Empty.Quantile(probability));

    [Fact]
    public void Figures_without_durations_are_null()
    {
        LatencyHistogram empty = new LatencyRecorder().ToHistogram();

        Assert.Equal(LatencyHistogram.Empty, empty);
        Assert.Null(empty.Quantile(0.5));
        Assert.Null(empty.MeanNanoseconds);
        Assert.Null(empty.MinimumNanoseconds);
        Assert.Null(empty.MaximumNanoseconds);
    }

    [Fact]
    public void Record_outside_the_range_counts_as_the_nearer_end()
    {
        LatencyHistogram histogram = new Durations([-5, long.MaxValue]).Histogram;

        Assert.Equal(0, histogram.MinimumNanoseconds);
        Assert.Equal(LatencyHistogram.LongestNanoseconds, histogram.MaximumNanoseconds);
        Assert.Equal(LatencyHistogram.LongestNanoseconds, histogram.SumNanoseconds);
    }

    [Fact]
    public void Since_a_window_with_one_duration_knows_it_exactly()
    {
        LatencyRecorder recorder = Durations.Recorded([10, 1_000_000]);
        LatencyHistogram earlier = recorder.ToHistogram();
        recorder.Record(12_345);

        LatencyHistogram window = recorder.ToHistogram().Since(earlier);

        Assert.Equal((12_345, 12_345, 12_345), (window.MinimumNanoseconds, window.MaximumNanoseconds, window.Quantile(0.5)));
    }

    [Fact]
    public void Since_a_new_extreme_is_exact_and_an_old_one_is_not_claimed()
    {
        LatencyRecorder recorder = Durations.Recorded([10, 1_000_000]);
        LatencyHistogram earlier = recorder.ToHistogram();
        recorder.Record(2_000);
        recorder.Record(3_000);
        recorder.Record(7_654_321);

        LatencyHistogram window = recorder.ToHistogram().Since(earlier);

        Assert.Equal(7_654_321, window.MaximumNanoseconds);
        Assert.InRange(window.MinimumNanoseconds!.Value, 2_000 * 0.984, 2_000 * 1.016);
    }

    [Fact]
    public void Since_another_recorder_takes_away_no_more_than_there_is()
    {
        LatencyHistogram window = new Durations([5, 7]).Histogram.Since(new Durations([5, 5, 9, 2_000_000]).Histogram);

        Assert.Equal(1, window.Count);
        Assert.Equal(7, window.Quantile(0.5));
    }

    [Fact]
    public void Merge_of_counts_beyond_a_long_stops_there()
    {
        LatencyHistogram histogram = OneToHundred;
        for (int i = 0; i < 64; i++)
            histogram = histogram.Merge(histogram);

        Assert.Equal(long.MaxValue, histogram.Count);
        Assert.Equal(long.MaxValue, histogram.SumNanoseconds);
        Assert.Equal(histogram, LatencyHistogram.FromBytes(histogram.ToBytes()));
    }

    // Version, buckets, least, greatest − least, sum, gap, count.
    [Theory]
    [InlineData(new byte[] { }, "it is empty (byte 0 of 0)")]
    [InlineData(new byte[] { 2, 0 }, "version 2; allowed: 1")]
    [InlineData(new byte[] { 1 }, "the number of buckets is cut off (byte 1 of 1)")]
    [InlineData(new byte[] { 1, 0, 0 }, "something follows it")]
    [InlineData(new byte[] { 1, 0x80, 0 }, "the number of buckets is not in its shortest form")]
    [InlineData(new byte[] { 1, 0xB6, 9 }, "the number of buckets is 1206; allowed: 0 to 1205")]
    [InlineData(new byte[] { 1, 1, 5, 0, 5, 4, 1 }, "a bucket is 4; allowed: 5 to 5")]
    [InlineData(new byte[] { 1, 2, 5, 0, 10, 5, 1, 0, 1 }, "a bucket is one too many")]
    [InlineData(new byte[] { 1, 1, 5, 1, 5, 5, 1 }, "the last bucket is not the greatest duration's")]
    [InlineData(new byte[] { 1, 1, 5, 0, 5, 5, 0 }, "a count is 0; allowed: 1 to")]
    [InlineData(new byte[] { 1, 1, 5, 0, 6, 5, 1 }, "the sum cannot be that of the buckets")]
    [InlineData(new byte[] { 1, 1, 5, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 5, 1 }, "the sum is too long for a number")]
    public void FromBytes_of_anything_else_says_what_is_wrong_and_where(byte[] bytes, string expected)
    {
        FormatException refused = Assert.Throws<FormatException>(() => LatencyHistogram.FromBytes(bytes));

        Assert.StartsWith("The latency histogram cannot be read: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToBytes_of_a_known_histogram_stays_readable_by_later_versions() =>
        Assert.Equal([1, 2, 5, 58, 73, 5, 2, 57, 1], new Durations([5, 5, 63]).Histogram.ToBytes());
}
