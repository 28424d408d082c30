using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>Compares the newest run with its history and says what became worse, since which commit, and how surely.</summary>
/// <remarks>
/// Metrics that repeat exactly are gated hard. All others are judged by <see cref="LatestChange"/>: steps and drifts at a false-alarm rate that is
/// kept for heavy-tailed noise and neighbors that are alike, durations as logarithms. Runs of machines with another fingerprint are left out
/// and counted. <c>docs/regressions.md</c> tells how a verdict is made. Immutable and safe to call from any thread.
/// </remarks>
public sealed class RegressionDetector
{
    private readonly RegressionOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options"><see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names each, its value and what is allowed.</exception>
    public RegressionDetector(RegressionOptions? options = null)
    {
        _options = options ?? new RegressionOptions();
        _options.Validate(nameof(options));
    }

    /// <summary>Judges the newest run of one metric.</summary>
    /// <param name="history">The figures of one metric, oldest first, the one to judge last; not empty.</param>
    /// <param name="companions">Other metrics of the same runs, which may tell the cause; <see langword="null"/> for none.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentException"><paramref name="history"/> is empty, has a value that is not finite, or its metric is one that is not judged.</exception>
    public RegressionVerdict Judge(IReadOnlyList<MetricPoint> history, IReadOnlyList<IReadOnlyList<MetricPoint>>? companions = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Count == 0)
            throw new ArgumentException("A history has at least the run to judge.", nameof(history));
        for (int i = 0; i < history.Count; i++)
        {
            if (!double.IsFinite(history[i].Figure.Value))
                throw new ArgumentException(FormattableString.Invariant($"history[{i}].Figure.Value is {history[i].Figure.Value}; allowed is a finite number."), nameof(history));
        }

        RunMetric figure = history[^1].Figure;
        MetricRule rule = _options.Rule(figure.Metric, figure.Unit)
            ?? throw new ArgumentException($"The metric \"{figure.Metric}\" describes a measurement; by its rule it is not judged.", nameof(history));
        var comparable = History.Of(history, rule);
        RegressionVerdict verdict = rule.IsExact ? Exactly(comparable) : Statistically(comparable);
        if (verdict.Range is { } range)
        {
            int firstBad = Enumerable.Range(0, comparable.Points.Count).First(index => comparable.Points[index].RunId == range.Likeliest.RunId);
            verdict = verdict with { MovedWith = Companions.Moved(comparable, firstBad, _options.Window, companions ?? [], _options.Rule) };
        }

        return verdict with { Sentence = VerdictSentence.Of(verdict) };
    }

    /// <summary>Judges all metrics of the newest run that a query finds.</summary>
    /// <param name="store">The history.</param>
    /// <param name="query">Which figures to judge and compare, for example of one application, branch and window. Its limit should be unset.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <returns>A verdict for each metric of the newest run that is judged, the worst first; empty when nothing is stored.</returns>
    public async Task<IReadOnlyList<RegressionVerdict>> JudgeNewestAsync(IPerformanceStore store, MetricQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(query);
        IReadOnlyList<MetricPoint> points = await store.QueryMetricsAsync(query, ct).ConfigureAwait(false);
        if (points.Count == 0)
            return [];

        IReadOnlyList<MetricPoint>[] histories = [.. points
            .GroupBy(point => (point.Figure.Service, point.Figure.Operation, point.Figure.Metric))
            .Select(group => (IReadOnlyList<MetricPoint>)[.. group])];
        Guid newest = points[^1].RunId;
        return [.. histories
            .Where(history => history[^1].RunId == newest && _options.Rule(history[^1].Figure.Metric, history[^1].Figure.Unit) is not null)
            .Select(history => Judge(history, histories))
            .OrderByDescending(verdict => verdict.Outcome)
            .ThenByDescending(verdict => verdict.Ratio ?? 0)];
    }

    /// <summary>Reruns the newest commit alone, and judges the history with what that gives appended.</summary>
    /// <param name="history">As for <see cref="Judge"/>.</param>
    /// <param name="companions">As for <see cref="Judge"/>.</param>
    /// <param name="rerun">
    /// Measures the newest commit again on this machine, several times, in the unit of the metric; it is called only when there is a suspect.
    /// What it throws is thrown.
    /// </param>
    /// <param name="ct">Is passed to <paramref name="rerun"/>.</param>
    /// <returns>The verdict; a suspect has become a regression, or was not confirmed. It stays as it was when nothing was measured.</returns>
    /// <remarks>
    /// Where neighbors are alike, so are reruns: they share the hour with the suspect. <see cref="JudgeAsync(IReadOnlyList{MetricPoint},
    /// IReadOnlyList{IReadOnlyList{MetricPoint}}?, PairedRerun, CancellationToken)"/> does not have that weakness.
    /// </remarks>
    public async Task<RegressionVerdict> JudgeAsync(
        IReadOnlyList<MetricPoint> history,
        IReadOnlyList<IReadOnlyList<MetricPoint>>? companions,
        Func<CancellationToken, Task<IReadOnlyList<double>>> rerun,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(rerun);
        RegressionVerdict verdict = Judge(history, companions);
        if (!verdict.WantsConfirmation)
            return verdict;

        var comparable = History.Of(history, _options.Rule(verdict.Newest.Figure.Metric, verdict.Newest.Figure.Unit)!);
        IReadOnlyList<double> again = await rerun(ct).ConfigureAwait(false);
        double[] badness = [.. again.Where(value => double.IsFinite(value) && (!comparable.IsLogarithmic || value > 0)).Select(comparable.BadnessOf)];
        if (badness.Length == 0)
            return verdict;     // nothing was measured, which contradicts nothing

        LatestChangeResult result = LatestChange.Find([.. comparable.Badness, .. badness], Asked(_options.FalseAlarmRate));
        return Confirmed(verdict, new RegressionConfirmation(badness.Length, Paired: false, result.PValue), result.PValue < _options.FalseAlarmRate);
    }

    /// <summary>Reruns the last good and the newest commit in pairs, and reports a suspect only when the pairs tell them apart.</summary>
    /// <param name="history">As for <see cref="Judge"/>.</param>
    /// <param name="companions">As for <see cref="Judge"/>.</param>
    /// <param name="rerun">Measures either commit once; it is called only when there is a suspect. What it throws is thrown.</param>
    /// <param name="ct">Is passed to <paramref name="rerun"/>.</param>
    /// <returns>
    /// The verdict; a suspect has become a regression, or was not confirmed. It stays as it was when a pair has no finite figures, or none above 0
    /// where all of the history are.
    /// </returns>
    public async Task<RegressionVerdict> JudgeAsync(
        IReadOnlyList<MetricPoint> history,
        IReadOnlyList<IReadOnlyList<MetricPoint>>? companions,
        PairedRerun rerun,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(rerun);
        RegressionVerdict verdict = Judge(history, companions);
        if (!verdict.WantsConfirmation)
            return verdict;

        var comparable = History.Of(history, _options.Rule(verdict.Newest.Figure.Metric, verdict.Newest.Figure.Unit)!);
        var random = new Random(verdict.Newest.RunId.GetHashCode());       // any order will do, but one that nothing else follows
        double[] differences = new double[_options.Pairs];
        for (int i = 0; i < differences.Length; i++)
        {
            bool newestFirst = random.Next(2) == 0;
            double first = await (newestFirst ? rerun.Newest : rerun.LastGood)(ct).ConfigureAwait(false);
            double second = await (newestFirst ? rerun.LastGood : rerun.Newest)(ct).ConfigureAwait(false);
            differences[i] = comparable.BadnessOf(newestFirst ? first : second) - comparable.BadnessOf(newestFirst ? second : first);
        }

        if (!differences.All(double.IsFinite))
            return verdict;     // a pair that was not measured must not clear a suspect

        double probability = SignedRank.PValueGreater(differences);
        return Confirmed(verdict, new RegressionConfirmation(2 * differences.Length, Paired: true, probability), probability < _options.ConfirmationRate);
    }

    private static RegressionVerdict Confirmed(RegressionVerdict verdict, RegressionConfirmation confirmation, bool holds)
    {
        RegressionVerdict confirmed = verdict with
        {
            Outcome = holds ? RegressionOutcome.Regression : RegressionOutcome.NotConfirmed,
            Confirmation = confirmation,
        };
        return confirmed with { Sentence = VerdictSentence.Of(confirmed) };
    }

    private RegressionVerdict Exactly(History history)
    {
        if (history.Points.Count < 2)
            return Nothing(history, RegressionOutcome.TooLittleHistory) with { RunsNeeded = 2 - history.Points.Count };
        if (ExactGate.Find(history, _options.Window) is not var (firstBad, before))
            return Nothing(history, RegressionOutcome.Unchanged);

        RunReference likeliest = history.Run(firstBad);
        return Worse(history, RegressionOutcome.Regression, RegressionKind.Exact, history.ValueOf(before), history.Newest.Figure.Value) with
        {
            Range = new CommitRange(history.Run(firstBad - 1), likeliest, likeliest),
        };
    }

    private RegressionVerdict Statistically(History history)
    {
        LatestChangeResult change = LatestChange.Find(history.Badness, Asked(_options.SuspectRate));
        if (change.Verdict == ChangePointVerdict.Unknown)
            return Nothing(history, RegressionOutcome.TooLittleHistory) with { RunsNeeded = _options.MinimumRuns - change.Count };

        GatePower? power = _options.StatesPower ? PowerReading.Of(history, _options) : null;
        if (change.Verdict == ChangePointVerdict.Unchanged || !(change.LevelAfter > change.LevelBefore))
            return Nothing(history, RegressionOutcome.Unchanged) with { PValue = change.PValue, Power = power };

        RegressionOutcome outcome = change.PValue < _options.FalseAlarmRate ? RegressionOutcome.Regression : RegressionOutcome.Suspect;
        RegressionKind kind = change.Kind == LatestChangeKind.Drift ? RegressionKind.Drift : RegressionKind.Step;
        return Worse(history, outcome, kind, history.ValueOf(change.LevelBefore!.Value), history.ValueOf(change.LevelAfter!.Value)) with
        {
            PValue = change.PValue,
            Power = power,
            Range = new CommitRange(
                history.Run(change.FirstIndex!.Value - 1), history.Run(change.LastIndex!.Value), history.Run(change.Index!.Value)),
        };
    }

    private LatestChangeOptions Asked(double rate) => new() { FalseAlarmRate = rate, Window = _options.Window, MinimumCount = _options.MinimumRuns };

    private static RegressionVerdict Nothing(History history, RegressionOutcome outcome) => new()
    {
        Newest = history.Newest,
        Outcome = outcome,
        Sentence = "",
        Runs = history.Points.Count,
        OtherMachineRuns = history.OtherMachineRuns,
    };

    private RegressionVerdict Worse(History history, RegressionOutcome outcome, RegressionKind kind, double before, double after)
    {
        double? ratio = history.Ratio(before, after);
        return Nothing(history, outcome) with
        {
            Kind = kind,
            LevelBefore = before,
            LevelAfter = after,
            Ratio = ratio,
            Severity = ratio is null ? RegressionSeverity.Critical      // from or to nothing: no ratio is large enough
                : ratio >= _options.CriticalRatio ? RegressionSeverity.Critical
                : ratio >= _options.MinorRatio ? RegressionSeverity.Minor : RegressionSeverity.Slight,
        };
    }
}
