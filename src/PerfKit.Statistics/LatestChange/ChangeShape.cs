namespace PerfKit.Statistics;

/// <summary>
/// Tells a step from a drift, given the best of each. Scores end at a largest one, so a long drift looks like a step to them; the values
/// themselves do not: the shape that leaves the smaller sum of absolute deviations is the one.
/// </summary>
internal static class ChangeShape
{
    private const int NewestOfDrift = 5;

    public static Candidate Of(ReadOnlySpan<double> series, Candidate step, Candidate drift) =>
        Left(series, drift) < Left(series, step) ? drift : step;

    /// <summary>How many of the newest values show the level reached.</summary>
    public static int Newest(Candidate candidate) =>
        candidate.Kind == LatestChangeKind.Step ? candidate.Length : Math.Min(NewestOfDrift, candidate.Length);

    private static double Left(ReadOnlySpan<double> series, Candidate candidate)
    {
        ReadOnlySpan<double> before = series[..^candidate.Length], after = series[^candidate.Length..];
        double level = Quantile.Of(before, 0.5)!.Value, left = 0;
        foreach (double value in before)
            left += Math.Abs(value - level);

        double[] rises = new double[after.Length];
        for (int i = 0; i < after.Length; i++)
            rises[i] = (after[i] - level) / Run(candidate, i);
        double rise = Quantile.Of(rises, 0.5)!.Value;
        for (int i = 0; i < after.Length; i++)
            left += Math.Abs(after[i] - level - rise * Run(candidate, i));
        return left;
    }

    private static double Run(Candidate candidate, int index) => candidate.Kind == LatestChangeKind.Step ? 1 : index + 1;
}
