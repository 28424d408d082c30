namespace PerfKit.Statistics;

/// <summary>Intervals for any statistic of a sample, by drawing from the sample again and again.</summary>
/// <remarks>
/// <para>
/// The interval is BCa, bias-corrected and accelerated (B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987), 171–185;
/// for two samples as B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapters 14 and 15): it
/// is not forced to be symmetric, so it fits ratios and skewed durations. Where the correction is undefined (the statistic does not
/// change when single values are left out), the interval is the percentiles of the draws.
/// </para>
/// <para>
/// Values are taken as independent. A quantile near an end needs many: an interval for p99 of 50 values is too narrow.
/// </para>
/// <para>The draws come from a seed, so equal input gives equal intervals, on any machine. Safe to call from any thread.</para>
/// </remarks>
public static class Bootstrap
{
    /// <summary>The fewest finite values (in each sample) that get an interval.</summary>
    public const int MinimumCount = 5;

    /// <summary>Leaving out one value at a time shows how skewed a statistic is; more values than this are left out in so many groups.</summary>
    private const int MaximumOmissions = 200;

    /// <summary>Gives an interval for a statistic of one sample.</summary>
    /// <param name="values">The sample, in any order. Not changed; NaN and infinities are ignored.</param>
    /// <param name="statistic">
    /// What is estimated, for example <c>sample => sample.Mean()</c>. A pure function; the span it gets is its own to sort.
    /// </param>
    /// <param name="options"><see langword="null"/> for the defaults.</param>
    /// <returns>
    /// The interval; <see langword="null"/> when fewer than <see cref="MinimumCount"/> values are finite, or the statistic is not finite.
    /// </returns>
    /// <exception cref="ArgumentException">An option is out of range; the message names each, its value and what is allowed.</exception>
    public static BootstrapInterval? Interval(ReadOnlySpan<double> values, Func<Span<double>, double> statistic, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return Interval([Sample.Finite(values)], samples => statistic(samples[0]), options);
    }

    /// <summary>Gives an interval for a statistic of two independent samples, for example the ratio of their medians.</summary>
    /// <param name="before">The first sample, as the values of the other overload.</param>
    /// <param name="after">The second sample, as the first.</param>
    /// <param name="statistic">What is estimated, from (before, after). A pure function; the spans it gets are its own to sort.</param>
    /// <param name="options"><see langword="null"/> for the defaults.</param>
    /// <returns>The interval; <see langword="null"/> when either sample is too small, or the statistic is not finite.</returns>
    /// <exception cref="ArgumentException">An option is out of range; the message names each, its value and what is allowed.</exception>
    public static BootstrapInterval? Interval(
        ReadOnlySpan<double> before, ReadOnlySpan<double> after, Func<Span<double>, Span<double>, double> statistic, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return Interval([Sample.Finite(before), Sample.Finite(after)], samples => statistic(samples[0], samples[1]), options);
    }

    private static BootstrapInterval? Interval(double[][] samples, Func<double[][], double> statistic, BootstrapOptions? options)
    {
        options ??= new BootstrapOptions();
        options.Validate(nameof(options));
        if (samples.Any(sample => sample.Length < MinimumCount))
            return null;

        double estimate = statistic([.. samples.Select(sample => (double[])sample.Clone())]);
        double[] draws = Draws(samples, statistic, options);
        if (!double.IsFinite(estimate) || draws.Any(draw => !double.IsFinite(draw)))
            return null;

        Array.Sort(draws);
        (double bias, double acceleration)? correction = Bias(draws, estimate) is { } bias && Acceleration(samples, statistic) is { } acceleration
            ? (bias, acceleration) : null;
        double tail = (1 - options.Confidence) / 2;
        return new BootstrapInterval
        {
            Estimate = estimate,
            Low = Quantile.OfSorted(draws, Corrected(tail, correction))!.Value,
            High = Quantile.OfSorted(draws, Corrected(1 - tail, correction))!.Value,
            StandardError = Spread.StandardDeviation(draws)!.Value,
            IsBiasCorrected = correction is not null,
        };
    }

    private static double[] Draws(double[][] samples, Func<double[][], double> statistic, BootstrapOptions options)
    {
        var random = new SplitMix(options.Seed);
        double[][] drawn = [.. samples.Select(sample => new double[sample.Length])];
        double[] draws = new double[options.Resamples];
        for (int i = 0; i < draws.Length; i++)
        {
            for (int s = 0; s < samples.Length; s++)
            {
                for (int j = 0; j < drawn[s].Length; j++)
                    drawn[s][j] = samples[s][random.Below(samples[s].Length)];
            }

            draws[i] = statistic(drawn);
        }

        return draws;
    }

    /// <summary>Efron 1987: z0, the normal quantile of how many draws are below the estimate; equal ones count one half.</summary>
    private static double? Bias(double[] sortedDraws, double estimate)
    {
        double below = 0;
        foreach (double draw in sortedDraws)
            below += draw < estimate ? 1 : draw == estimate ? 0.5 : 0;
        return below > 0 && below < sortedDraws.Length ? Normal.Quantile(below / sortedDraws.Length) : null;
    }

    /// <summary>Efron and Tibshirani 1993, equation 14.15, summed over the samples: the skewness of the jackknife's influence values / 6.</summary>
    private static double? Acceleration(double[][] samples, Func<double[][], double> statistic)
    {
        double squares = 0, cubes = 0;
        for (int s = 0; s < samples.Length; s++)
        {
            double[] left = Omissions(samples, s, statistic);
            double mean = left.Average(), groups = left.Length;
            foreach (double value in left)
            {
                double influence = (groups - 1) * (mean - value);
                squares += influence * influence / (groups * groups);
                cubes += influence * influence * influence / (groups * groups * groups);
            }
        }

        double acceleration = cubes / (6 * Math.Pow(squares, 1.5));
        return double.IsFinite(acceleration) ? acceleration : null;
    }

    private static double[] Omissions(double[][] samples, int omittedFrom, Func<double[][], double> statistic)
    {
        double[] whole = samples[omittedFrom];
        int groups = Math.Min(whole.Length, MaximumOmissions);
        double[] results = new double[groups];
        for (int group = 0; group < groups; group++)
        {
            int start = (int)((long)whole.Length * group / groups), end = (int)((long)whole.Length * (group + 1) / groups);
            double[][] left = [.. samples.Select((sample, s) => s == omittedFrom ? [.. sample[..start], .. sample[end..]] : (double[])sample.Clone())];
            results[group] = statistic(left);
        }

        return results;
    }

    private static double Corrected(double probability, (double Bias, double Acceleration)? correction)
    {
        if (correction is not var (bias, acceleration))
            return probability;

        double shifted = bias + Normal.Quantile(probability);
        double corrected = Normal.Cumulative(bias + shifted / (1 - acceleration * shifted));
        return double.IsNaN(corrected) ? probability : corrected;
    }
}
