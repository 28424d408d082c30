using FsCheck;

namespace PerfKit.Statistics.Tests;

/// <summary>Random durations, as likely of any order of magnitude from a nanosecond to an hour.</summary>
internal sealed record Durations(long[] Nanoseconds)
{
    public LatencyHistogram Histogram => Recorded(Nanoseconds).ToHistogram();

    public static LatencyRecorder Recorded(IEnumerable<long> nanoseconds)
    {
        var recorder = new LatencyRecorder();
        foreach (long duration in nanoseconds)
            recorder.Record(duration);
        return recorder;
    }

    public static Arbitrary<Durations> Any { get; } = Arb.From(
        from count in Gen.Choose(0, 200)
        from durations in Gen.ListOf(count, One)
        select new Durations([.. durations]));

    private static Gen<long> One =>
        from octave in Gen.Choose(0, 41)
        from within in Gen.Choose(0, int.MaxValue)
        select Math.Min(LatencyHistogram.LongestNanoseconds, (long)((1L << octave) * (1 + within / (double)int.MaxValue)));
}
