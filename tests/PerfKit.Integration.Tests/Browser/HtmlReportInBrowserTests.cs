using PerfKit.Instrumentation;
using PerfKit.Reporting;

namespace PerfKit.Integration.Tests;

/// <summary>The HTML report in a real browser, from disk and without a network. eng/test.sh installs the browser.</summary>
public sealed class HtmlReportInBrowserTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("perfkit-browser-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_report_opens_from_disk_with_its_timeline_charts_and_no_script_error()
    {
        string page = await SaveReportAsync();

        string dom = await Browser.RunAsync(_folder, "--dump-dom", new Uri(page).AbsoluteUri);

        Assert.Contains("opened_in_browser", dom, StringComparison.Ordinal);
        Assert.Contains("<svg", dom, StringComparison.Ordinal);
        Assert.Contains("</html>", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", dom, StringComparison.Ordinal); // the browser's log of script and policy errors
    }

    [Fact]
    public async Task The_report_paints_something()
    {
        string page = await SaveReportAsync();
        string picture = Path.Combine(_folder, "report.png");

        await Browser.RunAsync(_folder, "--window-size=1200,1600", $"--screenshot={picture}", new Uri(page).AbsoluteUri);

        Assert.True(new FileInfo(picture).Length > 20_000, "A blank page compresses to a few kilobytes.");
    }

    private async Task<string> SaveReportAsync()
    {
        var tracker = new StartupTracker();
        using (tracker.Begin("opened_in_browser"))
        using (tracker.Begin("<script>alert(1)</script>")) { }
        using var auditor = new PerformanceAuditor(
            new PerformanceAuditorOptions { SamplingInterval = TimeSpan.FromMilliseconds(20) }, new AuditorServices { Tracker = tracker });
        StartupReport startup = await auditor.AuditStartupPerformanceAsync();
        RuntimeReport runtime = await auditor.AuditRuntimePerformanceAsync(TimeSpan.FromMilliseconds(300));
        string path = Path.Combine(_folder, "report.html");
        await ReportDocument.Combine("browser test", startup.ToDocument(), runtime.ToDocument()).SaveAsync(path);
        return path;
    }
}
