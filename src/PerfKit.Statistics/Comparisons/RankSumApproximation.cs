namespace PerfKit.Statistics;

/// <summary>The normal approximation of U, with corrections for ties and for continuity (Lehmann 1975, section 1.2–1.4).</summary>
internal static class RankSumApproximation
{
    public static (double Less, double Greater) Tails(JointRanks ranks)
    {
        double mean = (double)ranks.CountBefore * ranks.CountAfter / 2, deviation = Math.Sqrt(VarianceOf(ranks, ranks.TieCubes));
        return deviation == 0
            ? (1, 1)            // all values are one: U can take no other value
            : (Normal.Cumulative((ranks.U - mean + 0.5) / deviation), Normal.Cumulative((mean - ranks.U + 0.5) / deviation));
    }

    public static long LowerRank(JointRanks ranks, double tail)
    {
        double mean = (double)ranks.CountBefore * ranks.CountAfter / 2;
        return (long)Math.Floor(mean + 0.5 + Normal.Quantile(tail) * Math.Sqrt(VarianceOf(ranks, tieCubes: 0)));
    }

    private static double VarianceOf(JointRanks ranks, double tieCubes)
    {
        double count = (double)ranks.CountBefore + ranks.CountAfter;
        return (double)ranks.CountBefore * ranks.CountAfter / 12 * (count + 1 - tieCubes / (count * (count - 1)));
    }
}
