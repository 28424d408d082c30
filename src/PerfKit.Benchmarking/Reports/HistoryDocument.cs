using PerfKit.Reporting;
using PerfKit.Statistics;
using PerfKit.Storage;

namespace PerfKit.Benchmarking;

/// <summary>The history of an application's benchmarks as a document.</summary>
internal static class HistoryDocument
{
    private const int MaxBenchmarks = 100;
    private const string RuleId = "regression";

    /// <summary>What is charted of a benchmark or a load test, in this order.</summary>
    private static readonly string[] Charted =
        [BenchmarkMetrics.Duration, LoadMetrics.P99, BenchmarkMetrics.Allocated, BenchmarkMetrics.ProcessAllocation, LoadMetrics.Throughput];

    public static ReportDocument Of(HistoryRequest request, DateTimeOffset now, IReadOnlyList<MetricPoint> points, int allRuns)
    {
        int runs = points.Select(point => point.RunId).Distinct().Count();
        IReadOnlyList<MetricPoint>[] series = [.. points
            .GroupBy(point => (point.Figure.Service, point.Figure.Operation, point.Figure.Metric))
            .Select(group => (IReadOnlyList<MetricPoint>)[.. group])];
        IGrouping<(string, string), IReadOnlyList<MetricPoint>>[] benchmarks = [.. series.GroupBy(one => (one[0].Figure.Service, one[0].Figure.Operation))];
        var detector = new RegressionDetector(request.Regressions);
        RegressionVerdict[] verdicts = [.. benchmarks.SelectMany(Series)
            .Where(one => request.Regressions.Rule(one[^1].Figure.Metric, one[^1].Figure.Unit) is not null)
            .Select(one => detector.Judge(one, [.. series.Where(other => other[0].Figure.Service == one[0].Figure.Service)]))];
        RegressionVerdict[] regressions = [.. verdicts.Where(verdict => verdict.Outcome == RegressionOutcome.Regression)];
        return new ReportDocument
        {
            Title = $"Performance of {request.Application}",
            Subtitle = points.Count == 0 ? null : string.Join(" · ", ((string?[])[request.Branch, points[^1].MachineFingerprint]).OfType<string>()),
            CreatedAt = now,
            Facts =
            [
                new ReportFact("Regressions", new Quantity(regressions.Length, Unit.Count), $"of {new Quantity(verdicts.Length, Unit.Count)} figures judged", regressions.Length == 0 ? FactTone.Good : FactTone.Bad),
                new ReportFact("Benchmarks", new Quantity(benchmarks.Length, Unit.Count)),
                new ReportFact("Runs", new Quantity(runs, Unit.Count), $"in {new Quantity(request.Window.TotalDays, Unit.None)} days"),
            ],
            Sections =
            [
                new ReportSection { Title = "What became worse", Blocks = [.. Notices(points, runs, allRuns, verdicts), new FindingsBlock { Title = "Regressions", Findings = [.. regressions.Select(FindingOf)] }] },
                .. points.Count == 0 ? Array.Empty<ReportSection>() : [Overview(benchmarks, verdicts)],
                .. benchmarks.Take(MaxBenchmarks).Select(benchmark => SectionOf(benchmark, verdicts, points[0].FinishedAt)),
            ],
        };
    }

    private static IEnumerable<ReportBlock> Notices(IReadOnlyList<MetricPoint> points, int runs, int allRuns, RegressionVerdict[] verdicts)
    {
        if (points.Count == 0)
            yield return new NoticeBlock("Nothing is stored for this application in this window.", FactTone.Warning);
        if (allRuns > runs)
            yield return new NoticeBlock($"{allRuns - runs} runs of other machines are left out: their figures cannot be compared with these.");
        if (verdicts.Count(verdict => verdict.Outcome == RegressionOutcome.TooLittleHistory) is > 0 and var young)
            yield return new NoticeBlock($"{young} of {verdicts.Length} figures have too little history for a verdict.");
    }

    private static ReportSection Overview(IEnumerable<IGrouping<(string, string), IReadOnlyList<MetricPoint>>> benchmarks, RegressionVerdict[] verdicts) => new()
    {
        Title = "All benchmarks",
        Blocks =
        [
            new TableBlock
            {
                Title = "First and newest of the window",
                Columns =
                [
                    new TableColumn("Benchmark"), new TableColumn("Type"), new TableColumn("Figure"), new TableColumn("Runs", ColumnAlignment.Right), new TableColumn("First", ColumnAlignment.Right),
                    new TableColumn("Newest", ColumnAlignment.Right), new TableColumn("Change", ColumnAlignment.Right), new TableColumn("Verdict"),
                ],
                Rows = [.. benchmarks.SelectMany(Series).Select(series => RowOf(series, verdicts))],
            },
        ],
    };

    private static TableRow RowOf(IReadOnlyList<MetricPoint> series, RegressionVerdict[] verdicts)
    {
        RunMetric newest = series[^1].Figure;
        double first = series[0].Figure.Value;
        RegressionVerdict? verdict = verdicts.FirstOrDefault(it => it.Newest.Figure == newest && it.Newest.RunId == series[^1].RunId);
        return new TableRow(
            newest.Service, newest.Operation, newest.Metric, new Quantity(series.Count, Unit.Count),
            Figure(first, newest), Figure(newest.Value, newest), new Quantity(first > 0 ? (newest.Value / first - 1) * 100 : null, Unit.Percent), Word(verdict?.Outcome));
    }

    private static ReportSection SectionOf(IGrouping<(string Name, string Type), IReadOnlyList<MetricPoint>> benchmark, RegressionVerdict[] verdicts, DateTimeOffset zero)
    {
        RegressionVerdict[] own = [.. verdicts.Where(verdict => (verdict.Newest.Figure.Service, verdict.Newest.Figure.Operation) == benchmark.Key)];
        return new ReportSection
        {
            Title = benchmark.Key.Type.Length == 0 ? benchmark.Key.Name : $"{benchmark.Key.Name} ({benchmark.Key.Type})",
            Summary = own.FirstOrDefault()?.Sentence,
            Blocks = [.. Series(benchmark).SelectMany(series => BlocksOf(series, zero))],
        };
    }

    private static IEnumerable<ReportBlock> BlocksOf(IReadOnlyList<MetricPoint> series, DateTimeOffset zero)
    {
        RunMetric figure = series[^1].Figure;
        double[] values = [.. series.Select(point => point.Figure.Value)];

        // Figures that never change need no picture.
        if (values.Length > 1 && values.Distinct().Count() == 1)
        {
            yield return new ParagraphBlock($"{figure.Metric}: {Figure(values[0], figure)} in all {values.Length} runs.");
            yield break;
        }

        ChangePoint[] changes = [.. ChangePointDetector.Detect(values).ChangePoints];
        yield return new ChartBlock
        {
            Title = $"{figure.Metric}, from {zero.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
            Unit = CiGate.UnitOf(figure.Unit),
            Series = [new ChartSeries(figure.Metric, [.. series.Select(point => new ChartPoint(point.FinishedAt - zero, point.Figure.Value))])],
            Markers = [.. changes.Select(change => new TimelineMarker(Sentence(change, series), series[change.Index].FinishedAt - zero))],
        };
    }

    private static string Sentence(ChangePoint change, IReadOnlyList<MetricPoint> series)
    {
        RunMetric figure = series[change.Index].Figure;
        string where = series[change.Index].Commit is { } commit ? $" at {commit[..Math.Min(commit.Length, 10)]}" : "";
        return $"{Figure(change.LevelBefore, figure)} to {Figure(change.LevelAfter, figure)}{where}";
    }

    private static Finding FindingOf(RegressionVerdict verdict) => new()
    {
        RuleId = RuleId,
        Title = $"{verdict.Newest.Figure.Metric} of {verdict.Newest.Figure.Service} is worse",
        Service = verdict.Newest.Figure.Service,
        Severity = verdict.Severity switch
        {
            RegressionSeverity.Critical => FindingSeverity.Critical,
            RegressionSeverity.Minor => FindingSeverity.High,
            _ => FindingSeverity.Medium,
        },
        // Twice as slow is 50: one half of the work is new.
        Impact = verdict.Ratio is { } ratio and > 1 ? 100 * (1 - (1 / ratio)) : 100,
        Description = verdict.Sentence,
        Evidence =
        [
            new FindingEvidence("now", Figure(verdict.LevelAfter, verdict.Newest.Figure), Figure(verdict.LevelBefore, verdict.Newest.Figure)),
            .. verdict.MovedWith.Take(3).Select(moved => new FindingEvidence(
                $"{moved.Metric} moved with it", new Quantity(moved.After, CiGate.UnitOf(moved.Unit)), new Quantity(moved.Before, CiGate.UnitOf(moved.Unit)))),
        ],
    };

    /// <summary>The series that are charted. The throughput of a benchmark is its duration once more; that of a load test is not.</summary>
    private static IEnumerable<IReadOnlyList<MetricPoint>> Series(IEnumerable<IReadOnlyList<MetricPoint>> benchmark)
    {
        bool hasDuration = benchmark.Any(series => series[0].Figure.Metric == BenchmarkMetrics.Duration);
        return Charted
            .Where(metric => metric != LoadMetrics.Throughput || !hasDuration)
            .SelectMany(metric => benchmark.Where(series => series[0].Figure.Metric == metric));
    }

    private static Quantity Figure(double? value, RunMetric figure) => new(value, CiGate.UnitOf(figure.Unit));

    private static string Word(RegressionOutcome? outcome) => outcome switch
    {
        RegressionOutcome.Regression => "worse",
        RegressionOutcome.Suspect => "suspect",
        RegressionOutcome.NotConfirmed => "not confirmed",
        RegressionOutcome.Unchanged => "as it was, or better",
        RegressionOutcome.TooLittleHistory => "too little history",
        _ => "",
    };
}
