namespace PerfKit.TrackingBenchmark;

/// <summary>What both kinds of start take when little disturbs them, and what tracking adds.</summary>
internal sealed record Comparison(TimeSpan Plain, TimeSpan Tracked, int Services)
{
    /// <summary>The part of a plain start that is added, 0 for nothing.</summary>
    public double Added => (Tracked / Plain) - 1;

    public override string ToString() =>
        $"plain {Plain.TotalMilliseconds,7:0.00} ms, tracked {Tracked.TotalMilliseconds,7:0.00} ms, added {Added * 100,6:+0.0;-0.0} %"
        + $" ({(Tracked - Plain).TotalMicroseconds / Services:0.0} us a service)";
}

/// <summary>Runs both kinds of start in turns.</summary>
internal static class Rounds
{
    public static Comparison Run(int count, Func<Type[]> make)
    {
        List<TimeSpan> plain = [], tracked = [];
        int services = 0;
        for (int round = 0; round < count; round++)
        {
            foreach (bool isTracked in round % 2 == 0 ? new[] { false, true } : [true, false])
            {
                Type[] types = make();
                services = types.Length;
                (isTracked ? tracked : plain).Add(Start.Time(types, isTracked));
            }
        }
        return new Comparison(Quartile(plain), Quartile(tracked), services);
    }

    // The first quartile: what disturbs a round on a busy machine only makes it longer.
    private static TimeSpan Quartile(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 4];
    }
}
