namespace PerfKit.Statistics;

/// <summary>Tells whether the newest values of a series are higher than those before, at a false-alarm rate that is kept.</summary>
/// <remarks>
/// <para>
/// The question of a gate: <see cref="ChangePointDetector"/> describes a whole series, this decides about its end. Noise is
/// learned from the values before the newest ones, since their last change: an autoregression and the ranks of what it does not explain. Then all
/// steps and drifts that end with the newest value are compared, each by the score test for its shape, and the best of them is weighed
/// against how far the best would stand out by chance. The p-value is an upper bound for normal scores (Hunter and Worsley's), averaged
/// over what is not known of the memory. <c>docs/statistics.md</c> has the method and its sources.
/// </para>
/// <para>
/// Only rises are looked for: give −x for falls, and logarithms of durations. One value, however high, weighs 2.5 standard deviations at most, so it
/// is never a change at the default rate.
/// </para>
/// <para>All members are pure functions, deterministic, and safe to call from any thread.</para>
/// </remarks>
public static class LatestChange
{
    /// <summary>A shorter drift is a step as far as anyone can tell.</summary>
    internal const int ShortestDrift = 8;

    /// <summary>An old change must be beyond doubt before the values before it are given up: twice what <see cref="ChangePointOptions"/> asks.</summary>
    private static readonly ChangePointOptions OldChanges = new() { LocationCost = 4 };

    /// <summary>Twice the log-likelihood that a 95 % set of positions may be below the best: the χ² quantile of one degree of freedom.</summary>
    private const double LikelySet = 3.84;

    /// <summary>Looks for a rise that goes on to the newest value.</summary>
    /// <param name="values">In order of time. Not changed; NaN and infinities are left out as if they had not been measured.</param>
    /// <param name="options"><see langword="null"/> for the defaults.</param>
    /// <returns>The verdict with the likeliest change, or that there are too few values to tell.</returns>
    /// <exception cref="ArgumentException">An option is out of range; the message names each, its value and what is allowed.</exception>
    public static LatestChangeResult Find(ReadOnlySpan<double> values, LatestChangeOptions? options = null)
    {
        options ??= new LatestChangeOptions();
        options.Validate(nameof(options));

        int[] positions = Positions(values);
        double[] finite = Sample.Finite(values);
        int start = Since(finite, options);
        ReadOnlySpan<double> series = finite.AsSpan(start);
        int first = start < positions.Length ? positions[start] : 0;
        if (series.Length < options.MinimumCount)
            return new LatestChangeResult { Verdict = ChangePointVerdict.Unknown, Count = series.Length, Start = first };

        int window = WindowOf(series.Length, options);
        var guesses = new NoiseGuesses(series[..^window], window);
        double probability = 0;
        foreach ((double share, NoiseModel model) in guesses.All)
            probability += share * model.Scan.PValue(model.Peak(Scores(model.Noise, series, window)));

        _ = guesses.Central.Peak(Scores(guesses.Central.Noise, series, window));
        return Read(series, positions.AsSpan(start), guesses.Central) with
        {
            Verdict = probability < options.FalseAlarmRate ? ChangePointVerdict.Changed : ChangePointVerdict.Unchanged,
            PValue = probability,
            Start = first,
        };
    }

    /// <summary>Foretells what <see cref="Find"/> will see of a change that begins with the next value.</summary>
    /// <param name="values">As for <see cref="Find"/>.</param>
    /// <param name="options"><see langword="null"/> for the defaults.</param>
    /// <returns>What can be asked; <see langword="null"/> when there are too few values for a verdict, or all of the reference is one value.</returns>
    /// <exception cref="ArgumentException">An option is out of range; the message names each, its value and what is allowed.</exception>
    public static LatestChangePower? Power(ReadOnlySpan<double> values, LatestChangeOptions? options = null)
    {
        options ??= new LatestChangeOptions();
        options.Validate(nameof(options));

        double[] finite = Sample.Finite(values);
        double[] series = finite[Since(finite, options)..];
        if (series.Length < options.MinimumCount || Spread.Robust(series) is not > 0)
            return null;

        return LatestChangePower.From(series, WindowOf(series.Length, options), options.FalseAlarmRate);
    }

    private static double[] Scores(ReferenceNoise noise, ReadOnlySpan<double> series, int window)
    {
        double[] scores = new double[window];
        for (int i = 0; i < window; i++)
            scores[i] = noise.Score(noise.Memory.Innovation(series, series.Length - window + i));
        return scores;
    }

    private static int WindowOf(int count, LatestChangeOptions options) => Math.Min(options.Window, count / 2);

    /// <summary>Where the last change before the newest values is.</summary>
    private static int Since(double[] finite, LatestChangeOptions options)
    {
        ChangePointResult old = ChangePointDetector.Detect(finite.AsSpan(0, finite.Length - WindowOf(finite.Length, options)), OldChanges);
        return old.ChangePoints.Count == 0 ? 0 : old.ChangePoints[^1].Index;
    }

    private static LatestChangeResult Read(ReadOnlySpan<double> series, ReadOnlySpan<int> positions, NoiseModel model)
    {
        Candidate candidate = ChangeShape.Of(series, model.Best(LatestChangeKind.Step), model.Best(LatestChangeKind.Drift));
        (int shortest, int longest) = model.Likely(candidate, LikelySet);
        return new LatestChangeResult
        {
            Verdict = ChangePointVerdict.Unknown,
            Count = series.Length,
            Start = 0,
            Kind = candidate.Kind,
            Index = positions[^candidate.Length],
            FirstIndex = positions[^longest],
            LastIndex = positions[^shortest],
            LevelBefore = Quantile.Of(series[..^candidate.Length], 0.5),
            LevelAfter = Quantile.Of(series[^ChangeShape.Newest(candidate)..], 0.5),
            Noise = model.Noise.Width,
            Memory = model.Noise.Memory.Sum,
        };
    }

    private static int[] Positions(ReadOnlySpan<double> values)
    {
        var positions = new List<int>(values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]))
                positions.Add(i);
        }

        return [.. positions];
    }
}
