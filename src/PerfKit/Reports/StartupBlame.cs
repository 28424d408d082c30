using PerfKit.Instrumentation;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>Who start-up time goes to: services by their time on the critical path, then by their own time.</summary>
internal static class StartupBlame
{
    private const string BeforeFirstScope = "(before the first scope)";

    public static ReportSection Of(StartupReport report)
    {
        Dictionary<string, TimeSpan> onPath = report.CriticalPath.Links.GroupBy(link => link.Service, StringComparer.Ordinal)
            .ToDictionary(service => service.Key, service => TimeSpan.FromTicks(service.Sum(link => link.Duration.Ticks)), StringComparer.Ordinal);
        TableRow[] services = StartupTrifles.Folded(report, report.Services.Where(service => !service.IsAfterReady)
            .Select(service => (service.Name, OnPath: onPath.GetValueOrDefault(service.Name), Own: (TimeSpan?)service.SelfDuration, service.Self))
            .Append((Name: CriticalPath.Untracked, OnPath: onPath.GetValueOrDefault(CriticalPath.Untracked), Own: null, Self: null))
            .Where(service => service.OnPath > TimeSpan.Zero || service.Own > TimeSpan.Zero)
            .OrderByDescending(service => service.OnPath).ThenByDescending(service => service.Own),
            service => service.OnPath > service.Own ? service.OnPath : service.Own ?? service.OnPath,
            service => Row(service.Name, service.OnPath, service.Own, service.Self),
            (words, sum) => Row(words, null, sum, null));
        return new ReportSection
        {
            Title = "Blame",
            Summary = "Time on the critical path is what start-up waited for, and adds up to all of it. Own time is without nested scopes; starts overlap, so it adds up to nothing.",
            Blocks =
            [
                new TableBlock
                {
                    Title = "Services by what start-up waited for",
                    Columns =
                    [
                        new TableColumn("Service"),
                        new TableColumn("On path", ColumnAlignment.Right),
                        new TableColumn("Own time", ColumnAlignment.Right),
                        new TableColumn("Own time, made of"),
                    ],
                    Rows = report.BeforeFirst is { } before
                        ? [.. services, Row(BeforeFirstScope, null, report.BeforeFirstScope, before)]
                        : [.. services],
                },
            ],
        };
    }

    private static TableRow Row(string name, TimeSpan? onPath, TimeSpan? own, StartupComposition? made) =>
        new(name, DocumentParts.Seconds(onPath), DocumentParts.Seconds(own), StartupParts.Words(made) ?? "");
}
