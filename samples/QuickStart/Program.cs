// A small shop, audited by PerfKit: start it, use it for a while, ask what was slow, write the reports.
using System.Globalization;
using PerfKit;
using PerfKit.Reporting;
using QuickStart;

CommandLine? options = CommandLine.Parse(args, out string message, out int exitCode);
if (options is null)
{
    (exitCode == 0 ? Console.Out : Console.Error).WriteLine(message);
    return exitCode;
}

if (ReportFiles.Prepare(options.OutFolder) is { } problem)
{
    Console.Error.WriteLine(problem);
    return 2;
}

using var stop = new StopSignal();
using var workspace = new Workspace();
IReportRenderer console = ReportRenderers.CreateText(new TextRendererOptions { Color = !Console.IsOutputRedirected, Brief = true });

// 1. Start. PerfKit needs one call on the services; ShopStartup puts each service into a StartupScope.
WebApplicationBuilder builder = ShopStartup.CreateBuilder();
builder.Services.AddPerformanceAuditor(auditing =>
{
    auditing.SamplingInterval = TimeSpan.FromMilliseconds(250);
    auditing.Thresholds.StartupSlow = TimeSpan.FromMilliseconds(500); // it is a small shop
    auditing.AuditLogPath = Path.Combine(options.OutFolder, "audit.log");
});
await using WebApplication app = await ShopStartup.StartAsync(builder, workspace);

// 2. Ask what start-up was spent on.
var auditor = app.Services.GetRequiredService<IPerformanceAuditor>();
StartupReport startup = await auditor.AuditStartupPerformanceAsync();
Console.WriteLine(startup.ToDocument().Render(console));

// 3. Watch the shop while customers use it.
var settings = app.Services.GetRequiredService<Settings>();
using var client = new ShopClient(new Uri(app.Urls.First()), settings.ClientLoops, settings.Products);
using var closing = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
Task customers = client.RunAsync(closing.Token);
RuntimeReport runtime = await auditor.AuditRuntimePerformanceAsync(options.Duration, new ProgressLine(client), stop.Token);
ProgressLine.Finish();
await closing.CancelAsync();
await customers;
await app.StopAsync();
Console.WriteLine(runtime.ToDocument().Render(console));

// 4. Keep the reports: what the console leaves out is in the files.
IReadOnlyList<string> files = await ReportFiles.WriteAsync(options.OutFolder, startup, runtime);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{client.Requests:N0} requests answered, {client.WrongAnswers:N0} of them wrong."));
Console.WriteLine("The whole reports:");
foreach (string path in files)
    Console.WriteLine($"  {path}");
return client.WrongAnswers == 0 ? 0 : 1;
