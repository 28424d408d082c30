namespace PerfKit.Statistics;

/// <summary>Tells whether paired differences tend to be above 0.</summary>
/// <remarks>
/// F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945), 80–83. The p-value is exact: the distribution over all
/// signs, given the ties (Streitberg and Röhmel's shift algorithm); zeros are dropped, as Wilcoxon did. When the order within each
/// pair was drawn at random, it is exact whatever the noise: neither a shape nor independence of the pairs is assumed
/// (R. A. Fisher, The Design of Experiments, 1935, section 21).
/// </remarks>
public static class SignedRank
{
    /// <summary>The most differences that are compared; of more, the first ones are.</summary>
    public const int MaximumCount = 200;

    /// <summary>Gives the probability of ranks this high, or higher, were the signs those of fair coins.</summary>
    /// <param name="differences">In any order; NaN and infinities are ignored.</param>
    /// <returns>From 0 to 1; 1 when no difference is finite and other than 0.</returns>
    public static double PValueGreater(ReadOnlySpan<double> differences)
    {
        double[] used = [.. Sample.Finite(differences).Where(difference => difference != 0).Take(MaximumCount).OrderBy(Math.Abs)];
        double[] probabilities = new double[used.Length * (used.Length + 1) + 1];
        probabilities[0] = 1;
        int observed = 0, largest = 0;
        for (int start = 0, end; start < used.Length; start = end)
        {
            end = start + 1;
            while (end < used.Length && Math.Abs(used[end]) == Math.Abs(used[start]))
                end++;

            int rank = start + end + 1;     // doubled, so that the mean rank of a tie is whole
            for (int i = start; i < end; i++)
            {
                observed += used[i] > 0 ? rank : 0;
                largest += rank;
                for (int sum = largest; sum >= 0; sum--)
                    probabilities[sum] = (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2;
            }
        }

        double above = 0;
        for (int sum = largest; sum >= observed; sum--)
            above += probabilities[sum];
        return Math.Min(1, above);
    }
}
