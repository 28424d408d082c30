namespace PerfKit;

/// <summary>
/// Means of one figure over the last 1, 5 and 15 minutes, each value weighted by the time it stands for. A ring of buckets of
/// five seconds, so its memory is fixed and a window is exact to one bucket.
/// </summary>
internal sealed class FigureAverages
{
    public static readonly TimeSpan Bucket = TimeSpan.FromSeconds(5);

    private static readonly int Buckets = (int)(TimeSpan.FromMinutes(15) / Bucket);

    private readonly (long Index, double Sum, double Seconds)[] _ring = new (long, double, double)[Buckets];

    public double? Latest { get; private set; }

    public void Add(TimeSpan now, double value, TimeSpan weight)
    {
        Latest = value;
        long index = (long)(now / Bucket);
        ref (long Index, double Sum, double Seconds) bucket = ref _ring[index % Buckets];
        if (bucket.Index != index)
            bucket = (index, 0, 0);
        bucket.Sum += value * weight.TotalSeconds;
        bucket.Seconds += weight.TotalSeconds;
    }

    /// <summary>The figure has become unknown.</summary>
    public void Miss() => Latest = null;

    /// <summary>The mean over a window that ends now, and how much of the window it rests on; <c>null</c> when that is nothing.</summary>
    public (double? Mean, TimeSpan Covered) Over(TimeSpan window, TimeSpan now)
    {
        long newest = (long)(now / Bucket), oldest = newest - (long)(window / Bucket);
        double sum = 0, seconds = 0;
        foreach ((long index, double part, double length) in _ring)
        {
            if (index > oldest && index <= newest)
                (sum, seconds) = (sum + part, seconds + length);
        }
        return (seconds > 0 ? sum / seconds : null, TimeSpan.FromSeconds(seconds));
    }
}
