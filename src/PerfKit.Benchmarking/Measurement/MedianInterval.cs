namespace PerfKit.Benchmarking;

/// <summary>
/// The confidence interval of a median from order statistics: it assumes nothing about the distribution but that the values are
/// independent (G. J. Hahn, W. Q. Meeker, "Statistical Intervals", 1991, section 5.2).
/// </summary>
internal static class MedianInterval
{
    /// <summary>
    /// The narrowest symmetric pair of order statistics that covers the true median with at least this confidence. Between X(r)
    /// and X(n + 1 − r) it lies unless fewer than r values fall on one side: 1 − 2 P(B ≤ r − 1) for B binomial (n, ½).
    /// </summary>
    /// <param name="sorted">Ascending, without NaN.</param>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <returns><see langword="null"/> when even the whole range does not reach that confidence.</returns>
    public static (double Low, double High)? Of(ReadOnlySpan<double> sorted, double confidence)
    {
        int n = sorted.Length;
        double allowed = (1 - confidence) / 2;

        // Sums P(B = k) from k = 0 up, in logarithms: 2 to the power of -n underflows beyond a thousand values.
        double logTerm = -n * Math.Log(2);
        double below = 0;
        int rank = 0;
        for (int k = 0; k < n / 2; k++)
        {
            below += Math.Exp(logTerm);
            if (below > allowed)
                break;
            rank = k + 1;
            logTerm += Math.Log((double)(n - k) / (k + 1));
        }

        return rank == 0 ? null : (sorted[rank - 1], sorted[n - rank]);
    }
}
