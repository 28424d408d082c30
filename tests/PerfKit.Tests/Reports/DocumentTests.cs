using PerfKit.Analysis;
using PerfKit.Reporting;

namespace PerfKit.Tests;

public sealed class DocumentTests
{
    [Fact]
    public void StartupDocument_saysTheTotalItsLimitAndTheChange()
    {
        ReportFact total = Reports.Startup.ToDocument().Facts[0];

        Assert.Equal("6.00 s", total.Value.Format());
        Assert.Equal("2 services; limit 5.00 s; +50 % since the last run", total.Note);
        Assert.Equal(FactTone.Bad, total.Tone);
    }

    [Fact]
    public void StartupDocument_drawsServicesAndTimedDependenciesNested()
    {
        TimelineBlock timeline = Block<TimelineBlock>(Reports.Startup.ToDocument());

        Assert.Equal(["index", "cache", "database"], timeline.Bars.Select(bar => bar.Label));
        Assert.Equal([null, "0", "0"], timeline.Bars.Select(bar => bar.ParentId));
        Assert.Equal([TimelineBarKind.Optional, TimelineBarKind.Failed, TimelineBarKind.Dependency], timeline.Bars.Select(bar => bar.Kind));
    }

    [Fact]
    public void RuntimeDocument_listsServicesAndWhatBelongsToNone()
    {
        TableBlock usage = Blocks(Reports.Runtime.ToDocument()).OfType<TableBlock>().Single(table => table.Title == "Time by service");

        Assert.Equal(["pricing", "(unattributed)"], usage.Rows.Select(row => row.Cells[0].Text));
        Assert.Equal(["56 %", "44 %"], usage.Rows.Select(row => Math.Round(row.Cells[1].Quantity!.Value.Value!.Value) + " %"));
    }

    [Fact]
    public void RuntimeDocument_listsOperationsWithTheirQuantiles()
    {
        TableBlock operations = Blocks(Reports.Runtime.ToDocument()).OfType<TableBlock>().Single(table => table.Title == "Operations");

        Assert.Equal(["Operation", "Count", "Rate", "Errors", "p50", "p95", "p99", "Max"], operations.Columns.Select(column => column.Name));
        Assert.Equal(["checkout", "40", "4/s", "5 %", "2.02 ms", "30 ms", "30 ms", "30 ms"],
            operations.Rows[0].Cells.Select(cell => cell.Text ?? cell.Quantity!.Value.Format()));
        Assert.Equal("250 ns", operations.Rows[1].Cells[4].Quantity!.Value.Format());
    }

    [Fact]
    public void RuntimeDocument_withoutOperations_hasNoTableOfThem()
    {
        ReportDocument document = (Reports.Runtime with { Operations = [] }).ToDocument();

        Assert.DoesNotContain(document.Sections, section => section.Title == "Operations");
    }

    [Fact]
    public void RuntimeDocument_saysOfEveryRuleByNameHowItEndedAndWhatItFollowedFrom()
    {
        Bottleneck starved = Reports.Found(Rule.ThreadPoolStarvation, BottleneckType.ThreadPoolStarvation, "orders", MeasureUnit.Seconds);
        Bottleneck blocking = Reports.Found(Rule.BlockingOperation, BottleneckType.BlockingOperation, "orders", MeasureUnit.Count) with { Consequences = [starved] };
        RuntimeReport report = Reports.Runtime with
        {
            Bottlenecks = [blocking],
            Explanations =
            [
                new Explanation { Rule = Rule.BlockingOperation, Outcome = RuleOutcome.Found, Reason = "" },
                new Explanation { Rule = Rule.ThreadPoolStarvation, Outcome = RuleOutcome.Found, Reason = "" },
                new Explanation { Rule = Rule.GcPressure, Outcome = RuleOutcome.NotFound, Reason = "Within its limits.", Seen = [new Evidence("pauses", 3, MeasureUnit.Percent, 10)] },
            ],
        };

        ReportSection section = report.ToDocument().Sections.Single(section => section.Title == "Why and why not");

        Assert.Equal(
            [
                "PK0006 (Blocking operation): found.",
                "PK0007 (Thread-pool starvation): found, as a consequence of PK0006 in orders.",
                "PK0008 (GC pressure): nothing found. Within its limits. Seen: pauses 3 %, limit 10 %.",
            ],
            section.Blocks.Cast<ParagraphBlock>().Select(block => block.Text));
    }

    [Fact]
    public void RuntimeDocument_showsScoresOfTheProcessAndOfServicesThatNeedALook()
    {
        ReportSection scores = Reports.Runtime.ToDocument().Sections.Single(section => section.Title == "Scores");

        TableBlock table = Assert.IsType<TableBlock>(Assert.Single(scores.Blocks));
        Assert.Equal(["shop", "pricing"], table.Rows.Select(row => row.Cells[0].Text));
        Assert.Equal(["98/100", "60/100"], new[] { 1, 3 }.Select(column => table.Rows[0].Cells[column].ToString()));
        Assert.Equal("CPU of the process: 85 %, limit 80 %", table.Rows[0].Cells[4].Text);
        Assert.EndsWith("1 service above 75 everywhere is not listed.", scores.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain((Reports.Runtime with { Scores = null }).ToDocument().Sections, section => section.Title == "Scores");
    }

    [Fact]
    public void RuntimeDocument_saysWhatIsMissing()
    {
        string[] notices = Blocks(Reports.Runtime.ToDocument()).OfType<NoticeBlock>().Select(notice => notice.Text).ToArray();

        Assert.Contains("Not available: IoReadBytes. no permission", notices);
        Assert.Contains("A detector failed: PK9001 (Custom): broken", notices);
    }

    [Fact]
    public void BothDocuments_carryFindingsWithEvidenceAndAdviceWithItsBound()
    {
        foreach (ReportDocument document in new[] { Reports.Startup.ToDocument(), Reports.Runtime.ToDocument() })
        {
            Finding finding = Assert.Single(Block<FindingsBlock>(document).Findings);
            Assert.Equal(FindingSeverity.High, finding.Severity);
            Assert.NotNull(Assert.Single(finding.Evidence).Limit);
            Advice advice = Assert.Single(Block<AdviceBlock>(document).Items);
            Assert.Equal(5, advice.PredictedSaving!.Value.Value);
            Assert.True(advice.SavingIsUpperBound);
        }
    }

    [Fact]
    public void Documents_renderInEveryFormat()
    {
        ReportDocument both = ReportDocument.Combine("shop", Reports.Startup.ToDocument(), Reports.Runtime.ToDocument());

        Assert.All(
            [ReportRenderers.Text, ReportRenderers.Markdown, ReportRenderers.Json, ReportRenderers.Html],
            renderer => Assert.Contains("pricing", both.Render(renderer), StringComparison.Ordinal));
    }

    private static T Block<T>(ReportDocument document) where T : ReportBlock => Blocks(document).OfType<T>().First();

    private static IEnumerable<ReportBlock> Blocks(ReportDocument document) => document.Sections.SelectMany(section => section.Blocks);
}
