using PerfKit;
using PerfKit.Instrumentation;
using PerfKit.Reporting;

namespace StartupLab;

/// <summary>One start of the site in this process, audited.</summary>
internal static class SingleStart
{
    public static async Task RunAsync(CommandLine line)
    {
        StartPlan plan = line.Apply is ['t', 'o', 'p', ':', .. var top]
            ? TopOf(line.From ?? throw new FormatException("top:N needs --from REPORT."), top)
            : StartPlan.Parse(line.Apply!);
        using var workspace = new Workspace();
        var files = new SiteFiles(line.Files ?? workspace.Folder("files"));
        if (line.Files is null)
            files.Create();
        await using Upstream? upstream = line.Upstream == 0 ? new Upstream() : null;
        var starter = new Starter(Publisher.Services(files, workspace.Folder("scratch"), upstream?.Port ?? line.Upstream), plan);

        await starter.StartAsync();
        StartupTracker.Default.MarkReady();
        StartupReport report = await PerformanceAuditor.Default.AuditStartupPerformanceAsync();
        await starter.StartDeferredAsync();

        if (line.Report is null)
            Console.WriteLine(report.ToDocument().Render(ReportRenderers.CreateText(new TextRendererOptions { Color = !Console.IsOutputRedirected })));
        else
            await report.SaveJsonAsync(line.Report);
        if (line.Report is not null)
            Console.Write(Environment.CpuUsage.TotalTime.Ticks); // for who started this process, and wants to know what others used
    }

    private static StartPlan TopOf(string file, string top) => int.TryParse(top, System.Globalization.CultureInfo.InvariantCulture, out int count)
        ? new StartPlan([.. Advice.Of(StartupReport.FromJson(File.ReadAllText(file)), count).SelectMany(plan => plan.Changes)])
        : throw new FormatException($"top:{top} has no number.");
}
