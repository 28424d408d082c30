using PerfKit.Reporting;
using PerfKit.Sampling;

namespace PerfKit.Benchmarking.Tests;

public sealed class PerformanceReporterTests
{
    private readonly ManualTime _time = new();
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task ComprehensiveAsync_marks_the_step_and_reports_it()
    {
        Remember(60, i => i < 50 ? 2e6 : 3e6);

        ReportDocument document = await ReportAsync();

        ChartBlock chart = document.Sections.SelectMany(section => section.Blocks).OfType<ChartBlock>().First();
        TimelineMarker marker = Assert.Single(chart.Markers);
        Assert.Equal(chart.Series[0].Points[50].At, marker.At);
        Assert.EndsWith("at c50", marker.Label, StringComparison.Ordinal);
        Finding finding = Assert.Single(document.Sections.SelectMany(section => section.Blocks).OfType<FindingsBlock>().Single().Findings);
        Assert.Equal(("parse", FindingSeverity.High), (finding.Service, finding.Severity));
        Assert.Equal(1, document.Facts[0].Value.Value);
    }

    [Fact]
    public async Task ComprehensiveAsync_steady_history_has_no_finding_and_no_marker()
    {
        Remember(60, _ => 2e6);

        ReportDocument document = await ReportAsync();

        Assert.Empty(document.Sections.SelectMany(section => section.Blocks).OfType<FindingsBlock>().Single().Findings);
        Assert.All(document.Sections.SelectMany(section => section.Blocks).OfType<ChartBlock>(), chart => Assert.Empty(chart.Markers));
    }

    [Fact]
    public async Task ComprehensiveAsync_other_machines_and_older_runs_are_left_out()
    {
        Remember(10, _ => 2e6, MachineFacts.Current with { Processor = "another" });
        Remember(20, _ => 2e6);

        ReportDocument document = await ReportAsync(TimeSpan.FromHours(24.5));

        Assert.Equal(20, document.Facts.Single(fact => fact.Label == "Runs").Value.Value);
        Assert.Contains(document.Sections[0].Blocks.OfType<NoticeBlock>(), notice => notice.Text.StartsWith("5 runs of other machines", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ComprehensiveAsync_nothing_stored_says_so_in_every_form()
    {
        ReportDocument document = await ReportAsync();

        Assert.Contains("Nothing is stored", document.Render(ReportRenderers.Html), StringComparison.Ordinal);
        Assert.Contains("Nothing is stored", document.Render(ReportRenderers.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ComprehensiveAsync_window_out_of_range_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => ReportAsync(TimeSpan.Zero));
    }

    private Task<ReportDocument> ReportAsync(TimeSpan? window = null) =>
        new PerformanceReporter(_store, _time).ComprehensiveAsync(new HistoryRequest { Application = "shop", Window = window ?? TimeSpan.FromDays(30) });

    /// <summary>A run an hour, with 3 % of seeded noise.</summary>
    private void Remember(int runs, Func<int, double> nanoseconds, MachineFacts? machine = null)
    {
        var random = new Random(11);
        for (int i = 0; i < runs; i++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            BenchmarkResult some = BenchmarkRunsTests.Result("parse", "cpu");
            BenchmarkResult result = some with { Duration = some.Duration! with { MedianNanoseconds = nanoseconds(i) * (1 + (0.03 * (random.NextDouble() - 0.5))) } };
            var conditions = new RunConditions { Application = "shop", Machine = machine ?? MachineFacts.Current, Revision = new SourceRevision($"c{i}", "main") };
            _store.Runs.Add(BenchmarkRuns.ToRun([result], conditions, _time.GetUtcNow()));
        }
    }
}
