namespace PerfKit.Statistics;

/// <summary>Points with finite coordinates, ordered by time and, at one time, by value: so the order they came in has no effect.</summary>
internal readonly struct Series
{
    private readonly (double Time, double Value)[] _points;

    private Series((double Time, double Value)[] points) => _points = points;

    public int Count => _points.Length;

    public ReadOnlySpan<(double Time, double Value)> Points => _points;

    public static Series Sorted(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        var points = new List<(double, double)>(times.Length);
        for (int i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(times[i]) && double.IsFinite(values[i]))
                points.Add((times[i], values[i]));
        }

        points.Sort();
        return new Series([.. points]);
    }

    /// <summary>Cuts the series into consecutive blocks, no two of which differ by more than one point, and takes their medians.</summary>
    public Series BlockMedians(int blocks)
    {
        var medians = new (double, double)[blocks];
        for (int block = 0; block < blocks; block++)
        {
            int start = (int)((long)Count * block / blocks);
            int end = (int)((long)Count * (block + 1) / blocks);
            ReadOnlySpan<(double Time, double Value)> part = Points[start..end];

            double[] times = new double[part.Length];
            double[] values = new double[part.Length];
            for (int i = 0; i < part.Length; i++)
                (times[i], values[i]) = part[i];

            Array.Sort(values);
            medians[block] = (Quantile.OfSorted(times, 0.5)!.Value, Quantile.OfSorted(values, 0.5)!.Value);
        }

        Array.Sort(medians);            // blocks that share one time are ordered by value again
        return new Series(medians);
    }

    /// <summary>Writes the slope of each pair of points that differ in time, unordered, and returns how many there are.</summary>
    public int Slopes(Span<double> destination)
    {
        ReadOnlySpan<(double Time, double Value)> points = Points;
        int count = 0;
        for (int later = 1; later < points.Length; later++)
        {
            (double time, double value) = points[later];
            for (int earlier = 0; earlier < later; earlier++)
            {
                // A difference of finite values may overflow to infinity, never to NaN: the slope keeps its place in the order.
                if (points[earlier].Time < time)
                    destination[count++] = Slope(value - points[earlier].Value, time - points[earlier].Time);
            }
        }

        return count;
    }

    private static double Slope(double rise, double run) =>
        double.IsInfinity(rise) && double.IsInfinity(run) ? Math.Sign(rise) : rise / run;
}
