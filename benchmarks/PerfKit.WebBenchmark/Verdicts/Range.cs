namespace PerfKit.WebBenchmark;

/// <summary>A median over independent values, and two of them that the true one lies between with more than 90 %.</summary>
internal readonly record struct Range(double Low, double Median, double High)
{
    /// <summary>
    /// Of n values the true median lies between the least and the greatest but for 2^(1-n), and from eight values on it is enough to
    /// take the second ones: 93 % (Hahn and Meeker, "Statistical Intervals", 1991, section 5.2).
    /// </summary>
    public static Range Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int left = sorted.Length < 8 ? 0 : 1;
        return new Range(sorted[left], Generation.Middle(sorted), sorted[^(left + 1)]);
    }

    /// <summary>Whether it keeps to a limit; <c>null</c> where the noise is wider than what is to be told.</summary>
    public bool? IsAtMost(double limit) => High <= limit ? true : Low > limit ? false : null;

    public override string ToString() => Print.Text($"{Median:F1} ({Low:F1} to {High:F1})");
}
