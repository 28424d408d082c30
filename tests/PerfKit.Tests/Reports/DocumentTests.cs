using PerfKit.Analysis;
using PerfKit.Instrumentation;
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
    public void RuntimeDocument_listsWhoMadeWhomWait_andHowMuchWasHeard()
    {
        ReportSection waits = Reports.Runtime.ToDocument().Sections.Single(section => section.Title == "Who makes whom wait");

        TableBlock table = waits.Blocks.OfType<TableBlock>().Single();
        Assert.Equal(["checkout", "pricing", "a lock", "12", "2.50 s", "400 ms"], table.Rows[0].Cells.Select(cell => cell.Text ?? cell.Quantity!.Value.Format()));
        Assert.Equal("Of 40 lock waits 12 were heard; the table is of those.", waits.Blocks.OfType<NoticeBlock>().Single().Text);
    }

    [Fact]
    public void RuntimeDocument_whereNobodyWaitedOrNothingWasWatched_saysSoOrNothing()
    {
        ReportDocument calm = (Reports.Runtime with { Waits = new WaitTable { Watched = TimeSpan.FromSeconds(1) } }).ToDocument();
        ReportDocument unwatched = (Reports.Runtime with { Waits = null }).ToDocument();

        Assert.Equal("Nobody waited for anybody.", calm.Sections.Single(section => section.Title == "Who makes whom wait").Blocks.OfType<NoticeBlock>().Single().Text);
        Assert.DoesNotContain(unwatched.Sections, section => section.Title == "Who makes whom wait");
    }

    [Fact]
    public void RuntimeDocument_ofManyPairs_showsTheWorstAndSaysHowManyMore()
    {
        WaitBlame blame = Reports.Runtime.Waits!.Blames[0];
        RuntimeReport report = Reports.Runtime with { Waits = Reports.Runtime.Waits with { Blames = [.. Enumerable.Repeat(blame, 53)], LockWaitsHeard = null } };

        ReportSection waits = report.ToDocument().Sections.Single(section => section.Title == "Who makes whom wait");

        Assert.Equal(50, waits.Blocks.OfType<TableBlock>().Single().Rows.Count);
        Assert.Equal(
            ["3 pairs with less waiting are left out here; the report as JSON has all.", "Lock waits are not known: the runtime's event support is switched off."],
            waits.Blocks.OfType<NoticeBlock>().Select(notice => notice.Text));
    }

    [Fact]
    public void LockBlames_ofATable_areThoseOfItsLocks() =>
        Assert.Equal([new LockBlame("checkout", "pricing", TimeSpan.FromSeconds(2.5))], Reports.Runtime.Waits!.LockBlames);

    [Theory]
    [InlineData(0.39, 0.39, "Audit again. Before: CPU (pricing) 0.39 cores.")]
    [InlineData(0.8, 0.39, "Audit again. Expected then, at most: CPU (pricing) 0.39 cores, from 0.80 cores.")]
    public void RuntimeDocument_ofAdvice_expectsOnlyWhatIsLessThanBefore(double before, double expected, string verify)
    {
        Recommendation advice = Reports.Runtime.Recommendations[0] with
        {
            Expected = new ExpectedFigure { Figure = "CPU", Of = "pricing", Unit = MeasureUnit.Cores, Before = before, Expected = expected },
        };

        ReportDocument document = (Reports.Runtime with { Recommendations = [advice] }).ToDocument();

        Assert.Equal(verify, document.Sections.SelectMany(section => section.Blocks).OfType<AdviceBlock>().Single().Items[0].Verify);
    }

    [Fact]
    public void RuntimeDocument_ofPairs_leavesOutThoseBelowAHundredthOfTheirKind()
    {
        WaitBlame[] blames =
        [
            Blame(WaitKind.Lock, "most", 99), Blame(WaitKind.Lock, "just above", 1.01), Blame(WaitKind.Lock, "just below", 0.98), Blame(WaitKind.GarbageCollection, "alone", 0.001),
        ];
        RuntimeReport report = Reports.Runtime with { Waits = new WaitTable { Watched = TimeSpan.FromSeconds(1), Blames = blames, LockWaitsHeard = 3, LockContentions = 3 } };

        ReportSection waits = report.ToDocument().Sections.Single(section => section.Title == "Who makes whom wait");

        Assert.Equal(["most", "just above", "alone"], waits.Blocks.OfType<TableBlock>().Single().Rows.Select(row => row.Cells[1].Text));
        Assert.Equal("1 pair with less waiting is left out here; the report as JSON has all.", waits.Blocks.OfType<NoticeBlock>().Single().Text);

        static WaitBlame Blame(WaitKind kind, string culprit, double milliseconds) =>
            new() { Kind = kind, Victim = "a", Culprit = culprit, Count = 1, Total = TimeSpan.FromMilliseconds(milliseconds) };
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
    public void RuntimeDocument_ofNestedServices_showsInclusiveCpuAndHowSureItIs()
    {
        ServiceUsage pricing = Reports.Runtime.Usage[0];
        RuntimeReport nested = Reports.Runtime with
        {
            Usage = [pricing with { CpuError = TimeSpan.FromSeconds(0.09), Inclusive = pricing with { Cpu = TimeSpan.FromSeconds(12) } }],
        };
        ReportSection Services(RuntimeReport report) => report.ToDocument().Sections.Single(section => section.Title == "Services");
        IEnumerable<string> Columns(RuntimeReport report) => Services(report).Blocks.OfType<TableBlock>().First().Columns.Select(column => column.Name);

        Assert.Contains("CPU with inner", Columns(nested));
        Assert.Contains("sure to within 1", Services(nested).Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("CPU with inner", Columns(Reports.Runtime));
    }

    [Fact]
    public void RuntimeDocument_withLoweredDetail_saysSo()
    {
        string text = (Reports.Runtime with { LoweredDetail = "PerfKit used too much." }).ToDocument().Render(ReportRenderers.Text);

        Assert.Contains("PerfKit used too much.", text, StringComparison.Ordinal);
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
