namespace PerfKit.TrackingBenchmark;

/// <summary>What both kinds of start take, and what tracking adds: medians over pairs of neighbors, which share what disturbs them.</summary>
internal sealed record Comparison(TimeSpan Plain, TimeSpan Tracked, double Added, int Services)
{
    public override string ToString() =>
        $"plain {Plain.TotalMilliseconds,7:0.00} ms, tracked {Tracked.TotalMilliseconds,7:0.00} ms, added {Added * 100,6:+0.0;-0.0} %"
        + $" ({Added * Plain.TotalMicroseconds / Services:0.0} us a service)";
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
        double added = Median(plain.Zip(tracked, (without, with) => (with / without) - 1));
        return new Comparison(Median(plain), Median(tracked), added, services);
    }

    private static T Median<T>(IEnumerable<T> values)
    {
        T[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
