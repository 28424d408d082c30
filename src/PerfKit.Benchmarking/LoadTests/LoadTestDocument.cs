using PerfKit.Reporting;
using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>Load tests as a document.</summary>
internal static class LoadTestDocument
{
    public static ReportDocument Of(IReadOnlyList<LoadTestResult> results, string title, DateTimeOffset createdAt, IReadOnlyList<string> findings) => new()
    {
        Title = $"Load test: {title}",
        CreatedAt = createdAt,
        Facts = [.. results.Count == 1 ? FactsOf(results[0]) : [Outcome(results)]],
        Sections =
        [
            .. findings.Count == 0 ? Array.Empty<ReportSection>() :
            [
                new ReportSection { Title = "What was found", Blocks = [.. findings.Select(finding => new NoticeBlock(finding, FactTone.Warning))] },
            ],
            .. results.Select(result => SectionOf(result, results.Count == 1 ? "Latency and throughput" : result.Name)),
            .. results.Count == 1 ? [ResourcesOf(results[0])] : Array.Empty<ReportSection>(),
            GeneratorsOf(results),
        ],
    };

    private static IEnumerable<ReportFact> FactsOf(LoadTestResult result) =>
    [
        Outcome([result]),
        new ReportFact("Throughput", new Quantity(result.Throughput, Unit.CountPerSecond), Describe(result.Model)),
        new ReportFact("Median", Latency(result.Latency, 0.5)),
        new ReportFact("p99", Latency(result.Latency, 0.99)),
        new ReportFact("p99.9", Latency(result.Latency, 0.999)),
        new ReportFact("Success rate", new Quantity(result.SuccessRate * 100, Unit.Percent), $"{new Quantity(result.Failed + result.Unfinished, Unit.Count)} failed",
            result.SuccessRate < 1 ? FactTone.Warning : FactTone.Good),
    ];

    private static ReportFact Outcome(IReadOnlyList<LoadTestResult> results)
    {
        int broken = results.Sum(result => result.Verdict.Checks.Count(check => check.IsBroken));
        int stated = results.Sum(result => result.Verdict.Checks.Count);
        LoadOutcome worst = results.Max(result => result.Verdict.Outcome);
        FactTone tone = worst switch
        {
            LoadOutcome.Failed => FactTone.Bad,
            LoadOutcome.Inconclusive => FactTone.Warning,
            _ => stated == 0 ? FactTone.Neutral : FactTone.Good,
        };
        string note = worst == LoadOutcome.Inconclusive ? "inconclusive" : $"of {new Quantity(stated, Unit.Count)} stated";
        return new ReportFact("Limits broken", new Quantity(broken, Unit.Count), note, tone);
    }

    private static ReportSection SectionOf(LoadTestResult result, string title)
    {
        var blocks = new List<ReportBlock>();
        if (result.IsCanceled)
            blocks.Add(new NoticeBlock($"Partial: canceled after {Quantity.Of(result.Elapsed)}.", FactTone.Warning));
        if (result.Generator.Saturation is { } saturation)
            blocks.Add(new NoticeBlock(saturation, FactTone.Warning));
        if (result.Model is ClosedLoad)
            blocks.Add(new NoticeBlock("Closed model: requests that nobody sent while the system stalled are not in these latencies. Use an open model to judge them."));
        blocks.Add(Quantiles(result));
        if (result.Verdict.Checks.Count > 0)
            blocks.Add(Limits(result.Verdict));
        if (result.Series.Count > 1)
        {
            blocks.Add(new ChartBlock
            {
                Title = "Latency of the operations that ended, by second",
                Unit = Unit.Seconds,
                Series = [Series(result, "median", interval => interval.Latency.Quantile(0.5) / 1e9), Series(result, "p99", interval => interval.Latency.Quantile(0.99) / 1e9)],
            });
            blocks.Add(new ChartBlock
            {
                Title = "Throughput",
                Unit = Unit.CountPerSecond,
                Series = [Series(result, "ended", interval => interval.Latency.Count / interval.Length.TotalSeconds), Series(result, "failed", interval => interval.Failed / interval.Length.TotalSeconds)],
            });
        }

        if (result.Failures.Count > 0)
        {
            blocks.Add(new TableBlock
            {
                Title = "Errors",
                Columns = [new TableColumn("Error"), new TableColumn("Operations", ColumnAlignment.Right), new TableColumn("First")],
                Rows = [.. result.Failures.Select(failure => new TableRow(failure.Error, new Quantity(failure.Count, Unit.Count), failure.FirstMessage))],
            });
        }

        return new ReportSection { Title = title, Summary = $"{Describe(result.Model)}, {Quantity.Of(result.Elapsed)}.", Blocks = blocks };
    }

    private static TableBlock Quantiles(LoadTestResult result) => new()
    {
        Title = "Latency",
        Columns =
        [
            new TableColumn("Operations"),
            .. ((string[])["Number", "p50", "p90", "p95", "p99", "p99.9", "Highest"]).Select(name => new TableColumn(name, ColumnAlignment.Right)),
        ],
        Rows =
        [
            QuantilesOf("all", result.Latency),
            .. result.Failed == 0 ? Array.Empty<TableRow>() : [QuantilesOf("failed", result.FailedLatency)],
        ],
    };

    private static TableRow QuantilesOf(string name, LatencyHistogram latency) => new(
        name,
        new Quantity(latency.Count, Unit.Count),
        Latency(latency, 0.5),
        Latency(latency, 0.9),
        Latency(latency, 0.95),
        Latency(latency, 0.99),
        Latency(latency, 0.999),
        Latency(latency, 1));

    private static TableBlock Limits(LoadVerdict verdict) => new()
    {
        Title = "Limits",
        Columns = [new TableColumn("Measure"), new TableColumn("Measured", ColumnAlignment.Right), new TableColumn("Limit", ColumnAlignment.Right), new TableColumn("Kept")],
        Rows = [.. verdict.Checks.Select(check => new TableRow(check.Measure, check.Measured, check.Limit, !check.Measured.IsKnown ? "not known" : check.IsBroken ? "broken" : "kept"))],
    };

    private static ReportSection ResourcesOf(LoadTestResult result)
    {
        LoadResources used = result.Resources;
        DateTimeOffset zero = result.StartedAt;
        ChartPoint[] memory = [.. used.Samples.Select(sample => new ChartPoint(sample.Timestamp - zero, sample.WorkingSetBytes))];
        return new ReportSection
        {
            Title = "Resources of this process",
            Blocks =
            [
                new TableBlock
                {
                    Title = "While the test ran",
                    Columns = [new TableColumn("Measure"), new TableColumn("Figure", ColumnAlignment.Right)],
                    Rows =
                    [
                        new TableRow("CPU used, mean", new Quantity(used.CpuCores, Unit.Cores)),
                        new TableRow("Highest working set", new Quantity(used.PeakWorkingSetBytes, Unit.Bytes)),
                        new TableRow("Largest managed heap", new Quantity(used.PeakManagedHeapBytes, Unit.Bytes)),
                        new TableRow("Allocated", new Quantity(used.AllocatedBytes, Unit.Bytes)),
                        new TableRow("CPU of the whole machine, mean", new Quantity(used.MachineCpuPercent, Unit.Percent)),
                    ],
                },
                .. memory.Length < 3 ? Array.Empty<ReportBlock>() : [new ChartBlock { Title = "Working set", Unit = Unit.Bytes, Series = [new ChartSeries("working set", memory)] }],
            ],
        };
    }

    private static ReportSection GeneratorsOf(IReadOnlyList<LoadTestResult> results) => new()
    {
        Title = "The generator",
        Summary = "Whether the load was what was asked for, and what making it cost.",
        Blocks =
        [
            new TableBlock
            {
                Title = "The generator",
                Columns =
                [
                    new TableColumn("Test"),
                    .. ((string[])["Asked for", "Started", "Start lag p50", "Start lag p99", "Late", "In flight, most", "Own CPU"])
                        .Select(name => new TableColumn(name, ColumnAlignment.Right)),
                ],
                Rows =
                [
                    .. results.Select(result => new TableRow(
                        result.Name,
                        new Quantity(result.Generator.IntendedRate, Unit.CountPerSecond),
                        new Quantity(result.Generator.StartedRate, Unit.CountPerSecond),
                        Latency(result.Generator.StartLag, 0.5),
                        Latency(result.Generator.StartLag, 0.99),
                        new Quantity(result.Model is OpenLoad ? result.Generator.LateOperations : null, Unit.Count),
                        new Quantity(result.Generator.PeakInFlight, Unit.Count),
                        new Quantity(result.Generator.CpuCores, Unit.Cores))),
                ],
            },
        ],
    };

    private static ChartSeries Series(LoadTestResult result, string label, Func<LoadInterval, double?> value) =>
        new(label, [.. result.Series.Select(interval => new ChartPoint(interval.Start, value(interval)))]);

    private static Quantity Latency(LatencyHistogram latency, double probability) => new(latency.Quantile(probability) / 1e9, Unit.Seconds);

    private static string Describe(LoadModel model) => model switch
    {
        OpenLoad open => $"open model, {new Quantity(open.RatePerSecond, Unit.CountPerSecond)}",
        ClosedLoad closed => $"closed model, {new Quantity(closed.ConcurrentTasks, Unit.Count)} {(closed.ConcurrentTasks == 1 ? "task" : "tasks")}",
        _ => "",
    };
}
