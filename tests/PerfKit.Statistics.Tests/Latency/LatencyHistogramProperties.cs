using FsCheck;

namespace PerfKit.Statistics.Tests;

public sealed class LatencyHistogramProperties
{
    [Fact]
    public void Merge_of_parts_equals_the_whole() => Prop.ForAll(Durations.Any, Durations.Any, (one, other) =>
    {
        LatencyHistogram whole = new Durations([.. one.Nanoseconds, .. other.Nanoseconds]).Histogram;

        Assert.Equal(whole, one.Histogram.Merge(other.Histogram));
        Assert.Equal(whole, other.Histogram.Merge(one.Histogram));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_of_recorders_equals_the_whole() => Prop.ForAll(Durations.Any, Durations.Any, (one, other) =>
    {
        LatencyRecorder sum = Durations.Recorded(one.Nanoseconds);
        sum.Add(Durations.Recorded(other.Nanoseconds));

        Assert.Equal(new Durations([.. one.Nanoseconds, .. other.Nanoseconds]).Histogram, sum.ToHistogram());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Quantile_is_within_the_stated_error_of_the_order_statistic() => Prop.ForAll(Durations.Any, Arb.From(Gen.Choose(0, 1000)), (durations, perMille) =>
    {
        if (durations.Nanoseconds.Length == 0)
            return;
        long[] sorted = [.. durations.Nanoseconds.Order()];
        long exact = sorted[Math.Max(0, ((perMille * sorted.Length) + 999) / 1000 - 1)];

        long quantile = durations.Histogram.Quantile(perMille / 1000.0)!.Value;

        Assert.InRange(quantile, exact * (1 - LatencyHistogram.MaxRelativeError), exact * (1 + LatencyHistogram.MaxRelativeError));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Count_sum_least_and_greatest_are_exact() => Prop.ForAll(Durations.Any, durations =>
    {
        LatencyHistogram histogram = durations.Histogram;

        Assert.Equal(durations.Nanoseconds.Length, histogram.Count);
        Assert.Equal(durations.Nanoseconds.Sum(), histogram.SumNanoseconds);
        Assert.Equal(durations.Nanoseconds.Select(it => (long?)it).Min(), histogram.MinimumNanoseconds);
        Assert.Equal(durations.Nanoseconds.Select(it => (long?)it).Max(), histogram.MaximumNanoseconds);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Since_is_what_was_recorded_in_between() => Prop.ForAll(Durations.Any, Durations.Any, (before, between) =>
    {
        LatencyRecorder recorder = Durations.Recorded(before.Nanoseconds);
        LatencyHistogram earlier = recorder.ToHistogram();
        foreach (long duration in between.Nanoseconds)
            recorder.Record(duration);

        LatencyHistogram window = recorder.ToHistogram().Since(earlier);

        LatencyHistogram expected = between.Histogram;
        Assert.Equal(expected.Count, window.Count);
        Assert.Equal(expected.SumNanoseconds, window.SumNanoseconds);
        if (expected.Count == 0)
            return;
        foreach (double probability in new[] { 0, 0.5, 0.99, 1 })
        {
            double exact = expected.Quantile(probability)!.Value;
            Assert.InRange(window.Quantile(probability)!.Value, exact * (1 - (2 * LatencyHistogram.MaxRelativeError)), exact * (1 + (2 * LatencyHistogram.MaxRelativeError)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_round_trip_to_an_equal_histogram() => Prop.ForAll(Durations.Any, Durations.Any, (one, other) =>
    {
        LatencyRecorder recorder = Durations.Recorded(one.Nanoseconds);
        LatencyHistogram earlier = recorder.ToHistogram();
        recorder.Add(Durations.Recorded(other.Nanoseconds));
        Assert.All([earlier, recorder.ToHistogram(), recorder.ToHistogram().Since(earlier)],
            histogram => Assert.Equal(histogram, LatencyHistogram.FromBytes(histogram.ToBytes())));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reset_then_replay_equals_fresh() => Prop.ForAll(Durations.Any, Durations.Any, (first, second) =>
    {
        LatencyRecorder recorder = Durations.Recorded(first.Nanoseconds);
        recorder.Reset();
        foreach (long duration in second.Nanoseconds)
            recorder.Record(duration);

        Assert.Equal(second.Histogram, recorder.ToHistogram());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Damaged_bytes_are_refused_or_read_as_another_valid_histogram() => Prop.ForAll(Durations.Any, Arb.Default.PositiveInt(), Arb.Default.Byte(), (durations, at, value) =>
    {
        byte[] bytes = durations.Histogram.ToBytes();
        bytes[at.Get % bytes.Length] = value;
        LatencyHistogram read;
        try
        {
            read = LatencyHistogram.FromBytes(bytes);
        }
        catch (FormatException)
        {
            return;
        }
        Assert.Equal(bytes, read.ToBytes());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_prefix_of_valid_bytes_is_refused() => Prop.ForAll(Durations.Any, durations =>
    {
        byte[] bytes = durations.Histogram.ToBytes();
        for (int length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => LatencyHistogram.FromBytes(bytes.AsSpan(0, length)));
    }).QuickCheckThrowOnFailure();
}
