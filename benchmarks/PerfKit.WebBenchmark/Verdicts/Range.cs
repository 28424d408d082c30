namespace PerfKit.WebBenchmark;

/// <summary>A median over independent values, and two of them that the true one lies between with at least 93 %.</summary>
internal readonly record struct Range(double Low, double Median, double High)
{
    private const double MostMissed = 0.071; // what the second least and the second greatest of eight miss

    /// <summary>
    /// The true median is below the k-th least of n values when fewer than k of them are below it, which is as likely as fewer than k heads
    /// of n coins, and the same at the other end (Hahn and Meeker, "Statistical Intervals", 1991, section 5.2).
    /// </summary>
    public static Range Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int left = 0;
        double missed = 2 * Math.Pow(0.5, sorted.Length), next = missed;
        while (left + 1 < sorted.Length / 2)
        {
            next *= (sorted.Length - left) / (left + 1.0);
            if (missed + next > MostMissed)
                break;
            missed += next;
            left++;
        }
        return new Range(sorted[left], Generation.Middle(sorted), sorted[^(left + 1)]);
    }

    /// <summary>Whether it keeps to a limit; <c>null</c> where the noise is wider than what is to be told.</summary>
    public bool? IsAtMost(double limit) => High <= limit ? true : Low > limit ? false : null;

    public override string ToString() => Print.Text($"{Median:F1} ({Low:F1} to {High:F1})");
}
