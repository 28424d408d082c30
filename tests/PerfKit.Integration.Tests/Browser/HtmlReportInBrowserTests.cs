using System.Diagnostics;
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

        string dom = await InBrowserAsync("--dump-dom", new Uri(page).AbsoluteUri);

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

        await InBrowserAsync("--window-size=1200,1600", $"--screenshot={picture}", new Uri(page).AbsoluteUri);

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

    private async Task<string> InBrowserAsync(params string[] arguments)
    {
        string browser = FindBrowser();
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] quiet =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-quic", "--hide-scrollbars", "--enable-logging=stderr", $"--user-data-dir={Path.Combine(_folder, Guid.NewGuid().ToString("N"))}",
        ];
        foreach (string argument in quiet.Concat(arguments))
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        string console = string.Join('\n', (await errors).Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal)));
        Assert.True(process.ExitCode == 0, await errors);
        return output + console;
    }

    private static string FindBrowser()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome"];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No chromium in PATH. eng/test.sh installs it; otherwise install your system's package.");
    }
}
