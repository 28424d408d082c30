namespace PerfKit.Statistics;

/// <summary>Finds where a series changes its level or its slope, up or down.</summary>
/// <remarks>
/// <para>
/// A series is taken as segments, each a level or a straight line with noise around it; the segments that together cost least,
/// by <see cref="ChangePointOptions.LocationCost"/>, are the answer (<c>docs/change-points.md</c> has the method, its sources,
/// and how it scores on annotated series). Noise is at first what one straight line through the whole series leaves, and
/// then, if that is more, the long-run variance of what the segments leave: so neighbors that are alike, as in a
/// slow wave, do not pass for changes. A single outlier counts for no more than
/// <see cref="ChangePointOptions.OutlierLimit"/> says.
/// </para>
/// <para>
/// Changes are weighed against the whole series given. One that is small beside an old, much larger one is not found: to see
/// it, give the values since the old one only.
/// </para>
/// <para>All members are pure functions and safe to call from any thread.</para>
/// </remarks>
public static class ChangePointDetector
{
    /// <summary>How often the noise may be estimated anew. Each time it grows, so there is no circle to end; most series need none.</summary>
    private const int MaximumRounds = 3;

    /// <summary>The least share of the variance that counts as noise: below it, rounding of the running sums is not far.</summary>
    private const double LeastNoise = 1e-12;

    /// <summary>Finds the change points of a series.</summary>
    /// <param name="values">
    /// In order of time, equally spaced. Not changed. NaN and infinities are missing values: they keep their place in time and
    /// count for nothing else.
    /// </param>
    /// <param name="options"><see langword="null"/> for the defaults.</param>
    /// <returns>
    /// The change points, or that there are none, or that fewer than two segments' worth of values is finite and nothing can be said.
    /// More than 2,000 finite values are first searched on a grid of 2,000 positions, and what is found is then placed
    /// exactly; a segment shorter than two cells of that grid may be missed.
    /// </returns>
    /// <exception cref="ArgumentException">An option is out of range; the message names each, its value and what is allowed.</exception>
    public static ChangePointResult Detect(ReadOnlySpan<double> values, ChangePointOptions? options = null)
    {
        options ??= new ChangePointOptions();
        options.Validate(nameof(options));

        Observations observations = Observations.Of(values, options.MinimumSegment, options.OutlierLimit);
        if (observations.Count < 2 * options.MinimumSegment)
            return new ChangePointResult { Verdict = ChangePointVerdict.Unknown, ChangePoints = [], Count = observations.Count };
        if (observations.Unit == 0)
            return new ChangePointResult { Verdict = ChangePointVerdict.Unchanged, ChangePoints = [], Count = observations.Count, Noise = 0 };

        var sums = new RunningSums(observations);
        Moments whole = sums.Between(0, sums.Count);
        double variance = Math.Max(LeastNoise, (whole.ValueSquares - whole.Explained) / (sums.Count - 2));
        var costs = new SegmentCosts(sums, variance, options.LocationCost);
        List<int> edges = Segmentation.Cut(costs, options.MinimumSegment);
        for (int round = 0; round < MaximumRounds && edges.Count > 2; round++)
        {
            double longRun = LongRunVariance.Of(Residuals(observations, costs, edges));
            if (!(longRun > variance))
                break;

            variance = longRun;
            costs = new SegmentCosts(sums, variance, options.LocationCost);
            edges = Segmentation.Cut(costs, options.MinimumSegment);
        }

        return new ChangePointResult
        {
            Verdict = edges.Count > 2 ? ChangePointVerdict.Changed : ChangePointVerdict.Unchanged,
            ChangePoints = ChangePointReading.Of(observations, costs, edges, options.MinimumSegment),
            Count = observations.Count,
            Noise = Math.Sqrt(variance) * observations.Unit,
        };
    }

    private static double[] Residuals(Observations observations, SegmentCosts costs, List<int> edges)
    {
        double[] residuals = new double[observations.Count];
        for (int segment = 0; segment < edges.Count - 1; segment++)
        {
            SegmentFit fit = costs.Fit(edges[segment], edges[segment + 1]);
            for (int i = edges[segment]; i < edges[segment + 1]; i++)
                residuals[i] = observations.Values[i] - fit.At(observations.Positions[i]);
        }

        return residuals;
    }
}
