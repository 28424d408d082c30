namespace PerfKit.Statistics;

/// <summary>
/// The permutation distribution of the rank sum, given the ties: Streitberg and Röhmel's shift algorithm. Ranks are doubled, so
/// that the mean rank of a tie is whole.
/// </summary>
internal static class RankSumDistribution
{
    /// <summary>P(U ≤ u) and P(U ≥ u) of what was observed.</summary>
    public static (double Less, double Greater) Tails(JointRanks ranks)
    {
        int count = ranks.CountBefore + ranks.CountAfter;
        int[] doubled = new int[count];
        int next = 0, observed = 0;
        foreach ((int before, int after) in ranks.Groups)
        {
            int rank = 2 * next + before + after + 1;       // the mean of next + 1 … next + size, doubled
            doubled.AsSpan(next, before + after).Fill(rank);
            observed += after * rank;
            next += before + after;
        }

        double[] probabilities = Probabilities(doubled, ranks.CountAfter);
        double less = 0, greater = 0;
        for (int sum = 0; sum < probabilities.Length; sum++)
        {
            less += sum <= observed ? probabilities[sum] : 0;
            greater += sum >= observed ? probabilities[sum] : 0;
        }

        return (Math.Min(1, less), Math.Min(1, greater));
    }

    /// <summary>The largest C for which P(U &lt; C) ≤ <paramref name="tail"/> without ties; 0 when there is none.</summary>
    public static long LowerRank(int before, int after, double tail)
    {
        int[] doubled = [.. Enumerable.Range(1, before + after).Select(rank => 2 * rank)];
        double[] probabilities = Probabilities(doubled, after);
        int smallest = after * (after + 1);
        double below = 0;
        for (int u = 0; ; u++)
        {
            below += probabilities[smallest + 2 * u];
            if (below > tail)
                return u;
        }
    }

    /// <summary>
    /// How probable each sum is when <paramref name="chosen"/> of the ranks are drawn. Ranks come in one by one; the k-th is among the
    /// drawn with the probability that an urn gives it, so nothing grows beyond 1 and no division of large counts is needed.
    /// </summary>
    private static double[] Probabilities(int[] doubled, int chosen)
    {
        int largest = 0;
        for (int i = doubled.Length - chosen; i < doubled.Length; i++)
            largest += doubled[i];

        double[][] table = [.. Enumerable.Range(0, chosen + 1).Select(_ => new double[largest + 1])];
        table[0][0] = 1;
        for (int seen = 0; seen < doubled.Length; seen++)
        {
            // From the fullest urn down, so that a rank is drawn once.
            double left = doubled.Length - seen;
            for (int drawn = Math.Min(seen, chosen); drawn >= 0; drawn--)
            {
                double draws = (chosen - drawn) / left, stays = 1 - draws;
                double[] from = table[drawn];
                if (drawn < chosen && draws > 0)
                {
                    double[] to = table[drawn + 1];
                    for (int sum = 0; sum + doubled[seen] <= largest; sum++)
                        to[sum + doubled[seen]] += draws * from[sum];
                }

                for (int sum = 0; sum <= largest; sum++)
                    from[sum] *= stays;
            }
        }

        return table[chosen];
    }
}
