namespace PerfKit.Statistics;

/// <summary>The Mann–Kendall test of a series: Kendall's score of time against value, and its variance when there is no trend.</summary>
internal readonly record struct MannKendall(long Score, double Variance)
{
    /// <summary>Two-sided, normal approximation; the score moves by one toward zero because it is discrete (Kendall 1975, ch. 4).</summary>
    public double PValue
    {
        get
        {
            if (Variance <= 0 || Score == 0)        // all values alike, or no preference for a direction at all
                return 1;
            return 2 * Normal.UpperTail((Math.Abs(Score) - 1) / Math.Sqrt(Variance));
        }
    }

    public static MannKendall Of(Series series)
    {
        ReadOnlySpan<(double Time, double Value)> points = series.Points;
        long score = 0;
        for (int later = 1; later < points.Length; later++)
        {
            (double time, double value) = points[later];
            for (int earlier = 0; earlier < later; earlier++)
            {
                if (points[earlier].Time < time)
                    score += value.CompareTo(points[earlier].Value);
            }
        }

        double[] times = new double[points.Length];
        double[] values = new double[points.Length];
        for (int i = 0; i < points.Length; i++)
            (times[i], values[i]) = points[i];

        Array.Sort(values);
        return new MannKendall(score, VarianceOf(points.Length, Ties.In(times), Ties.In(values)));
    }

    /// <summary>Kendall 1975, ch. 4: the variance of the score with ties in both rankings. For n &gt; 2.</summary>
    private static double VarianceOf(double n, Ties times, Ties values)
    {
        double untied = n * (n - 1) * (2 * n + 5);
        return (untied - times.Fives - values.Fives) / 18
            + times.Triples * values.Triples / (9 * n * (n - 1) * (n - 2))
            + times.Pairs * values.Pairs / (2 * n * (n - 1));
    }

    /// <summary>Sums over groups of equal values, t being a group's size: t(t − 1), t(t − 1)(t − 2) and t(t − 1)(2t + 5).</summary>
    private readonly record struct Ties(double Pairs, double Triples, double Fives)
    {
        public static Ties In(ReadOnlySpan<double> sorted)
        {
            double pairs = 0, triples = 0, fives = 0;
            for (int start = 0, end; start < sorted.Length; start = end)
            {
                end = start + 1;
                while (end < sorted.Length && sorted[end] == sorted[start])
                    end++;

                double t = end - start;
                pairs += t * (t - 1);
                triples += t * (t - 1) * (t - 2);
                fives += t * (t - 1) * (2 * t + 5);
            }

            return new Ties(pairs, triples, fives);
        }
    }
}
