namespace PerfKit.Analysis;

/// <summary>How sure a finding is, from 0 to 1.</summary>
internal static class Confidence
{
    // After this many points half of what there is to learn from repetition is learnt.
    private const double HalfPoints = 3;

    /// <summary>agreement · (1 − 2^−(points / 3)).</summary>
    /// <param name="points">How many measured points, or seconds of a total, the finding rests on.</param>
    /// <param name="agreement">The part of them that alone would say the same, 0 to 1.</param>
    public static double Of(double points, double agreement = 1) =>
        Math.Clamp(agreement, 0, 1) * (1 - Math.Pow(2, -Math.Max(0, points) / HalfPoints));

    /// <summary>Of the samples that have the figure, as many agree as are at the limit or past it.</summary>
    public static double Of(Observations observations, Func<Sampling.ResourceSample, double?> figure, double limit)
    {
        int points = 0, agreeing = 0;
        foreach (double value in observations.Samples.Select(figure).OfType<double>())
        {
            points++;
            agreeing += value >= limit ? 1 : 0;
        }
        return points == 0 ? 0 : Of(points, agreeing / (double)points);
    }
}
