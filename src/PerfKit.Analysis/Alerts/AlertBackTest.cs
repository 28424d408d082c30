using PerfKit.Sampling;
using PerfKit.Statistics;

namespace PerfKit.Analysis;

/// <summary>
/// What alerts would have been raised over samples that were taken before: when, and for how long, under any rules and limits.
/// The monitor's own evaluator does it. Immutable.
/// </summary>
public sealed record AlertBackTest
{
    private AlertBackTest()
    {
    }

    /// <summary>The alerts, by the time they were raised; one without <see cref="Alert.ResolvedAt"/> was not over at the end, or was lost.</summary>
    public required IReadOnlyList<Alert> Alerts { get; init; }

    /// <summary>What each rule saw, for the process or for each service: also why it raised nothing.</summary>
    public required IReadOnlyList<AlertRuleHistory> Rules { get; init; }

    /// <summary>How many samples there were.</summary>
    public required int Samples { get; init; }

    /// <summary>The time that they cover, pauses left out.</summary>
    public required TimeSpan Covered { get; init; }

    /// <summary>Tries rules over samples. Pure: it reads no clock, and the same input gives the same answer.</summary>
    /// <param name="samples">Samples that followed one another, oldest first: a history, a report's, or a recording's.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="thresholds">Where rules without limits of their own take them from; the defaults when <c>null</c>.</param>
    /// <param name="figures">The figures beside each sample, as many as there are samples; <c>null</c> when only samples were kept.</param>
    /// <returns>What would have been.</returns>
    /// <exception cref="ArgumentException">A rule or a threshold is not valid, or there are not as many figures as samples.</exception>
    public static AlertBackTest Run(
        IReadOnlyList<ResourceSample> samples, IEnumerable<AlertRule> rules, Thresholds? thresholds = null, IReadOnlyList<IReadOnlyList<FigureReading>>? figures = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        thresholds ??= new Thresholds();
        if (thresholds.Validate() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join('\n', mistakes), nameof(thresholds));
        if (figures is not null && figures.Count != samples.Count)
            throw new ArgumentException($"There are {figures.Count} lists of figures; allowed: one for each of the {samples.Count} samples.", nameof(figures));

        var evaluator = new AlertEvaluator(rules, thresholds, UsualInterval(samples)) { ForgetsIdle = false };
        var ended = new List<Alert>();
        TimeSpan covered = TimeSpan.Zero;
        for (int i = 0; i < samples.Count; i++)
        {
            foreach (AlertChange change in evaluator.Evaluate(samples[i], figures?[i]))
            {
                if (change.Kind is AlertChangeKind.Resolved or AlertChangeKind.Lost)
                    ended.Add(change.Alert);
            }
            covered += samples[i].Interval is { } interval && interval > TimeSpan.Zero && interval <= evaluator.LongestGap ? interval : TimeSpan.Zero;
        }
        Alert[] alerts = [.. ended.Concat(evaluator.Active).OrderBy(alert => alert.FiredAt)];
        return new AlertBackTest { Alerts = alerts, Rules = [.. evaluator.Histories(alerts)], Samples = samples.Count, Covered = covered };
    }

    // How far apart samples were most of the time: the recording does not say how it was made.
    private static TimeSpan UsualInterval(IReadOnlyList<ResourceSample> samples)
    {
        double[] seconds = [.. samples.Select(sample => sample.Interval?.TotalSeconds).OfType<double>().Where(interval => interval > 0)];
        return seconds.Length == 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(Math.Clamp(Quantile.Of(seconds, 0.5)!.Value, 0.001, 86_400));
    }
}

/// <summary>What one rule saw over samples. Immutable.</summary>
public sealed record AlertRuleHistory
{
    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>The service or operation; <c>null</c> for the process.</summary>
    public string? Service { get; init; }

    /// <summary>The limits that the figure was compared with.</summary>
    public required ThresholdLevels Levels { get; init; }

    /// <summary>Alerts that it raised.</summary>
    public int Alerts { get; init; }

    /// <summary>Known time past the warning limit while alerts lasted, the time up to their being raised among it.</summary>
    public TimeSpan InAlert { get; init; }

    /// <summary>The longest known time past the warning limit without a break: a rule with a longer duration raises nothing.</summary>
    public TimeSpan LongestPastLimit { get; init; }

    /// <summary>The worst figure; <c>null</c> when there was none.</summary>
    public double? Worst { get; init; }

    /// <summary>Samples that had the figure.</summary>
    public int SamplesWithFigure { get; init; }
}
