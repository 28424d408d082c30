using PerfKit.Reporting;

namespace PerfKit.Benchmarking.Tests;

public sealed class CiReportTests
{
    private static readonly RunConditions Shop = new() { Application = "shop", Revision = new SourceRevision("4f1c2d", "main") };

    [Fact]
    public void Create_nothing_found_passes()
    {
        CiReport report = Create("{}", BenchmarkRunsTests.Result("parse", "cpu"));

        Assert.Equal(("PASS", 0, 0), (report.Status, report.ExitCode, report.Findings.Count));
        Assert.Contains("No regression, no broken threshold, no error.", report.ToMarkdown(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maxDurationSeconds", "0.000002", 0)]
    [InlineData("maxDurationSeconds", "0.0000019", 1)]
    [InlineData("maxAllocatedBytes", "100", 0)]
    [InlineData("maxAllocatedBytes", "99.9", 1)]
    [InlineData("maxMemoryMegabytes", "2", 0)]
    [InlineData("maxMemoryMegabytes", "1.99", 1)]
    [InlineData("minSuccessRate", "0.9", 0)]
    [InlineData("minSuccessRate", "0.91", 1)]
    public void Create_threshold_itself_is_kept(string key, string value, int findings)
    {
        BenchmarkResult result = BenchmarkRunsTests.Result("parse", "cpu") with { AllocatedBytes = 100, PeakWorkingSetBytes = 2 << 20, FailedOperations = 10 };

        CiReport report = Create($$"""{ "thresholds": { "cpu": { "{{key}}": {{value}} }, "*": { "{{key}}": 1 } } }""", result);

        Assert.Equal(findings, report.Findings.Count(finding => finding.Kind == BuildFailure.Threshold));
        Assert.Equal(findings == 0, report.Passed);
    }

    [Fact]
    public void Create_failed_operation_is_an_error()
    {
        CiReport report = Create("{}", BenchmarkRunsTests.Result("parse", "cpu") with { Error = "System.Exception: no", FailedOperations = 1 });

        CiFinding finding = Assert.Single(report.Findings);
        Assert.Equal((BuildFailure.Error, true, "parse failed: System.Exception: no"), (finding.Kind, finding.FailsBuild, finding.Sentence));
        Assert.Equal(1, report.ExitCode);
    }

    [Theory]
    [InlineData(119, BuildFailure.Slight, false)]
    [InlineData(120, BuildFailure.Minor, true)]
    [InlineData(199, BuildFailure.Minor, true)]
    [InlineData(200, BuildFailure.Critical, true)]
    public void Create_baseline_regression_has_the_severity_of_its_ratio(double after, BuildFailure kind, bool fails)
    {
        BenchmarkResult before = BenchmarkRunsTests.Result("parse", "cpu") with { AllocatedBytes = 100 };
        BenchmarkResult now = before with { AllocatedBytes = after };

        CiReport report = CiReport.Create(Suite(now), Shop, new PerformanceConfiguration(), null, BaselineComparison.Of([before], [now], 5));

        CiFinding finding = Assert.Single(report.Findings);
        Assert.Equal((kind, fails), (finding.Kind, finding.FailsBuild));
    }

    [Fact]
    public void Create_failOn_decides_what_fails()
    {
        BenchmarkResult failed = BenchmarkRunsTests.Result("parse", "cpu") with { Error = "System.Exception: no", FailedOperations = 1 };

        CiReport report = Create("""{ "ci": { "failOn": ["critical"] } }""", failed);

        Assert.True(report.Passed);
        Assert.Single(report.Findings);
    }

    [Fact]
    public void ToMarkdown_begins_with_the_mark_and_the_verdict_and_escapes_what_users_named()
    {
        string markdown = Create("{}", BenchmarkRunsTests.Result("a|b <script>", "cpu") with { Error = "System.Exception: | x", FailedOperations = 1 }).ToMarkdown();

        Assert.StartsWith("<!-- perfkit -->\n# PerfKit: FAIL\n", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("a|b", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void ToMarkdown_of_very_many_findings_fits_a_comment()
    {
        BenchmarkResult[] results = [.. Enumerable.Range(0, 200).Select(i => BenchmarkRunsTests.Result(new string('<', 250) + i, new string('|', 250)) with { Error = new string('&', 1_000), FailedOperations = 1 })];

        string markdown = Create("{}", results).ToMarkdown();

        Assert.InRange(markdown.Length, 20, 65_536);
        Assert.Contains("FAIL", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void ToDocument_can_be_read_back()
    {
        CiReport report = Create("{}", BenchmarkRunsTests.Result("parse", "cpu"));

        Assert.Equal(report.ToDocument().ToJson(), ReportDocument.FromJson(report.ToDocument().ToJson()).ToJson());
    }

    private static SuiteResult Suite(params BenchmarkResult[] results) => new(results, ManualTime.Epoch);

    private static CiReport Create(string configuration, params BenchmarkResult[] results) =>
        CiReport.Create(Suite(results), Shop, PerformanceConfiguration.Parse(configuration));
}
