namespace PerfKit.Statistics;

/// <summary>Tells whether one sample tends to be larger than another, whatever the shape of their distributions.</summary>
/// <remarks>
/// <para>
/// The test is Mann and Whitney's U (H. B. Mann, D. R. Whitney, "On a test of whether one of two random variables is
/// stochastically larger than the other", Annals of Mathematical Statistics 18 (1947), 50–60). Up to
/// <see cref="ExactCount"/> values together, p-values are exact: the permutation distribution of the rank sum given the ties, by the shift
/// algorithm (B. Streitberg, J. Röhmel, "Exact distributions for permutation and rank tests", Statistical Software Newsletter 12
/// (1986), 10–17). Above that they come from the normal distribution, corrected for ties and for continuity (E. L. Lehmann,
/// Nonparametrics, 1975, section 1.2–1.4).
/// </para>
/// <para>
/// The shift is Hodges and Lehmann's with Moses's interval (J. L. Hodges, E. L. Lehmann, "Estimates of location based on rank tests", Annals of
/// Mathematical Statistics 34 (1963), 598–611): it answers "how much", in the unit of the values, and one value in four may be arbitrarily wrong.
/// The effect size is Cliff's delta (N. Cliff, "Dominance statistics", Psychological Bulletin 114 (1993), 494–509).
/// </para>
/// <para>
/// The test takes values as independent. The iterations of one process share its layout of memory, its heap and its
/// neighbors, so for a verdict on a commit compare runs, not iterations.
/// </para>
/// <para>All members are pure functions and safe to call from any thread.</para>
/// </remarks>
public static class MannWhitney
{
    /// <summary>The most values of both samples together whose p-values are exact.</summary>
    public const int ExactCount = 60;

    /// <summary>Compares two samples.</summary>
    /// <param name="before">The sample to compare with, in any order. Not changed; NaN and infinities are ignored.</param>
    /// <param name="after">The sample in question, in any order. Not changed; NaN and infinities are ignored.</param>
    /// <param name="confidence">How surely the interval covers the true shift: between 0 and 1, both excluded.</param>
    /// <returns>The comparison; its figures are <see langword="null"/> when a sample has no finite value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public static MannWhitneyResult Compare(ReadOnlySpan<double> before, ReadOnlySpan<double> after, double confidence = 0.95)
    {
        if (!(confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is between 0 and 1, both excluded.");

        double[] first = Sample.FiniteSorted(before), second = Sample.FiniteSorted(after);
        if (first.Length == 0 || second.Length == 0)
            return new MannWhitneyResult { CountBefore = first.Length, CountAfter = second.Length };

        var ranks = JointRanks.Of(first, second);
        bool exact = first.Length + second.Length <= ExactCount;
        (double less, double greater) = exact ? RankSumDistribution.Tails(ranks) : RankSumApproximation.Tails(ranks);
        var differences = new PairDifferences(first, second);
        (double? low, double? high) = ShiftInterval(differences, ranks, exact, (1 - confidence) / 2);
        double superiority = ranks.U / differences.Count;
        return new MannWhitneyResult
        {
            CountBefore = first.Length,
            CountAfter = second.Length,
            U = ranks.U,
            IsExact = exact,
            PValueLess = less,
            PValueGreater = greater,
            PValue = Math.Min(1, 2 * Math.Min(less, greater)),
            ProbabilityOfSuperiority = superiority,
            CliffsDelta = 2 * superiority - 1,
            Shift = Finite(differences.Median()),
            ShiftLow = low,
            ShiftHigh = high,
        };
    }

    /// <summary>
    /// With the differences in order and C the largest rank for which P(U &lt; C) ≤ tail, from the C-th smallest to the C-th
    /// largest (L. E. Moses, in: Walker and Lev, Statistical Inference, 1953; Lehmann 1975, section 2.6). No C: not bounded.
    /// </summary>
    private static (double? Low, double? High) ShiftInterval(PairDifferences differences, JointRanks ranks, bool exact, double tail)
    {
        long rank = exact ? RankSumDistribution.LowerRank(ranks.CountBefore, ranks.CountAfter, tail) : RankSumApproximation.LowerRank(ranks, tail);
        return rank < 1 ? (null, null) : (Finite(differences.Smallest(rank)), Finite(differences.Smallest(differences.Count - rank + 1)));
    }

    private static double? Finite(double difference) => double.IsFinite(difference) ? difference : null;
}
