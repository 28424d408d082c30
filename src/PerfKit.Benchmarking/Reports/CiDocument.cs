using PerfKit.Reporting;

namespace PerfKit.Benchmarking;

/// <summary>The report of a gate as a document and as a comment.</summary>
internal static class CiDocument
{
    private const int MaxRows = 100;
    private const int MaxFindings = 20;
    private const int MaxCharacters = 60_000;      // a comment on GitHub has room for 65,536

    public static string Comment(CiReport report)
    {
        string markdown = $"{CiReport.CommentMark}\n{Of(report, MaxFindings, MaxRows).Render(ReportRenderers.Markdown)}";
        return markdown.Length <= MaxCharacters ? markdown : $"{CiReport.CommentMark}\n{Of(report, 5, 10).Render(ReportRenderers.Markdown)}" is { Length: <= MaxCharacters } less ? less
            : $"{CiReport.CommentMark}\n# PerfKit: {report.Status}\n\nThe report is too long for a comment.\n";
    }

    public static ReportDocument Of(CiReport report) => Of(report, int.MaxValue, int.MaxValue);

    private static ReportDocument Of(CiReport report, int findings, int rows)
    {
        int failing = report.Findings.Count(finding => finding.FailsBuild);
        return new ReportDocument
        {
            Title = $"PerfKit: {report.Status}",
            Subtitle = Subtitle(report.Conditions),
            CreatedAt = report.CreatedAt,
            Facts =
            [
                new ReportFact("Fail the build", new Quantity(failing, Unit.Count), failing == 0 ? "nothing" : report.Findings[0].Benchmark, failing == 0 ? FactTone.Good : FactTone.Bad),
                new ReportFact("Other findings", new Quantity(report.Findings.Count - failing, Unit.Count)),
                new ReportFact("Benchmarks", new Quantity(report.Results.Count, Unit.Count)),
            ],
            Sections =
            [
                new ReportSection { Title = "What was found", Blocks = [.. Findings(report, findings)] },
                Results(report, rows),
                .. Limits(report) is { Count: > 0 } limits ? [new ReportSection { Title = "What this gate can and cannot see", Blocks = limits }] : Array.Empty<ReportSection>(),
            ],
        };
    }

    private static IEnumerable<ReportBlock> Findings(CiReport report, int most)
    {
        if (report.Findings.Count == 0)
        {
            yield return new NoticeBlock("No regression, no broken threshold, no error.", FactTone.Good);
            yield break;
        }

        yield return new TableBlock
        {
            Title = "Findings",
            Columns =
            [
                new TableColumn("Benchmark"), new TableColumn("Figure"), new TableColumn("Was, or may be", ColumnAlignment.Right), new TableColumn("Is", ColumnAlignment.Right),
                new TableColumn("Kind"), new TableColumn("Fails the build"),
            ],
            Rows =
            [
                .. report.Findings.Take(most).Select(finding => new TableRow(
                    finding.Benchmark, finding.Measure, finding.Reference, finding.Measured, Word(finding.Kind), finding.FailsBuild ? "yes" : "no")),
            ],
        };
        foreach (CiFinding finding in report.Findings.Take(most))
            yield return new NoticeBlock(finding.Sentence, finding.FailsBuild ? FactTone.Bad : FactTone.Warning);
        if (report.Findings.Count > most)
            yield return new ParagraphBlock($"And {report.Findings.Count - most} more.");
    }

    private static ReportSection Results(CiReport report, int rows) => new()
    {
        Title = "Results",
        Blocks =
        [
            new TableBlock
            {
                Title = "All benchmarks",
                Columns =
                [
                    new TableColumn("Benchmark"), new TableColumn("Type"),
                    .. ((string[])["Median", "±", "p95", "CPU", "Allocated", "Operations"]).Select(name => new TableColumn(name, ColumnAlignment.Right)),
                ],
                Rows =
                [
                    .. report.Results.Take(rows).Select(result => new TableRow(
                        result.Name,
                        result.OperationType,
                        new Quantity(result.Duration?.MedianNanoseconds / 1e9, Unit.Seconds),
                        new Quantity(result.Duration?.RelativeHalfWidth * 100, Unit.Percent),
                        new Quantity(result.Duration?.P95Nanoseconds / 1e9, Unit.Seconds),
                        new Quantity(result.CpuNanoseconds / 1e9, Unit.Seconds),
                        new Quantity(result.AllocatedBytes, Unit.Bytes),
                        new Quantity(result.Operations, Unit.Count))),
                ],
            },
            .. report.Results.Count > rows ? [new ParagraphBlock($"And {report.Results.Count - rows} more.")] : Array.Empty<ReportBlock>(),
        ],
    };

    /// <summary>A gate that passes says little unless it says what it would have seen.</summary>
    private static List<ReportBlock> Limits(CiReport report)
    {
        var blocks = new List<ReportBlock>();
        RegressionVerdict[] young = [.. report.Verdicts.Where(verdict => verdict.Outcome == RegressionOutcome.TooLittleHistory)];
        if (young.Length > 0)
        {
            blocks.Add(new NoticeBlock(
                $"{young.Length} of {report.Verdicts.Count} figures have too little history on this machine to be judged by it; they need up to {young.Max(verdict => verdict.RunsNeeded)} more runs.",
                FactTone.Warning));
        }

        RegressionVerdict[] durations = [.. report.Verdicts.Where(verdict => verdict.Newest.Figure.Metric == BenchmarkMetrics.Duration && verdict.Power is not null)];
        blocks.AddRange(durations.Take(MaxFindings).Select(verdict => new ParagraphBlock($"{verdict.Newest.Figure.Service}: {PowerSentence.Of(verdict.Power!)}")));
        RegressionVerdict[] suspects = [.. report.Verdicts.Where(verdict => verdict.Outcome == RegressionOutcome.Suspect && verdict.Newest.Figure.Metric == BenchmarkMetrics.Duration)];
        blocks.AddRange(suspects.Take(MaxFindings).Select(verdict => new NoticeBlock($"Suspect, not reported: {verdict.Sentence}")));
        if (report.Baseline?.NotCompared is { Count: > 0 } missing)
            blocks.Add(new NoticeBlock($"Not compared, for want of a baseline of this machine when the run began: {string.Join(", ", missing.Take(MaxFindings))}{(missing.Count > MaxFindings ? $" and {missing.Count - MaxFindings} more" : "")}."));
        return blocks;
    }

    private static string Subtitle(RunConditions conditions) => string.Join(" · ", ((string?[])
    [
        conditions.Application,
        conditions.Revision?.Branch,
        conditions.Revision?.Commit is { } commit ? commit[..Math.Min(commit.Length, 10)] : null,
        conditions.Machine.Fingerprint,
    ]).OfType<string>());

    private static string Word(BuildFailure kind) => kind switch
    {
        BuildFailure.Threshold => "threshold",
        BuildFailure.Error => "error",
        BuildFailure.Critical => "critical regression",
        BuildFailure.Minor => "minor regression",
        _ => "slight regression",
    };
}
