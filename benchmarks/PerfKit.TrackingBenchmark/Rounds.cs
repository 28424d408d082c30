namespace PerfKit.TrackingBenchmark;

/// <summary>Median times of both kinds of start, and the median of what tracking added within a round.</summary>
internal sealed record Comparison(TimeSpan Plain, TimeSpan Tracked, double Added)
{
    public override string ToString() =>
        $"plain {Plain.TotalMilliseconds,7:0.00} ms, tracked {Tracked.TotalMilliseconds,7:0.00} ms, added {Added * 100,6:+0.0;-0.0} %";
}

/// <summary>Runs both kinds of start in turns.</summary>
internal static class Rounds
{
    public static Comparison Run(int count, Func<Type[]> types)
    {
        List<TimeSpan> plain = [], tracked = [];
        for (int round = 0; round < count; round++)
        {
            foreach (bool isTracked in round % 2 == 0 ? new[] { false, true } : [true, false])
                (isTracked ? tracked : plain).Add(Start.Time(types(), isTracked));
        }
        return new Comparison(
            Median(plain, span => span),
            Median(tracked, span => span),
            Median(tracked.Zip(plain), pair => (pair.First / pair.Second) - 1));
    }

    private static TValue Median<TItem, TValue>(IEnumerable<TItem> items, Func<TItem, TValue> value)
    {
        TValue[] sorted = [.. items.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }
}
