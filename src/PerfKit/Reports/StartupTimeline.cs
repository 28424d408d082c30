using System.Globalization;
using PerfKit.Instrumentation;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>The timeline of a start-up report: a bar for each scope and each timed dependency, and the critical path.</summary>
internal static class StartupTimeline
{
    public static TimelineBlock Of(StartupReport report)
    {
        StartupRecord[] records = report.Records.Where(record => !record.IsAfterReady).ToArray();
        return new TimelineBlock
        {
            Title = "What started when",
            Total = report.TotalStartupTime,
            // A scope around the host's own start ends just after ready; its bar ends with the axis.
            Bars = [.. records.Select(record => BarOf(record, report)).Concat(records.SelectMany(DependencyBars)).Select(bar => Cut(bar, report.TotalStartupTime))],
            CriticalPath = Links(report),
            Markers = [.. report.Milestones
                .Where(reached => reached.At >= TimeSpan.Zero && reached.At <= report.TotalStartupTime)
                .Select(reached => new TimelineMarker(reached.Name, reached.At))],
        };
    }

    public static TimelineLink[] Links(StartupReport report) => report.CriticalPath.Links.Select(link =>
        new TimelineLink(link.Service, link.StartedAt, link.Duration, link.RecordId is int record ? Id(record) : null)).ToArray();

    private static TimelineBar BarOf(StartupRecord record, StartupReport report) => new()
    {
        Id = Id(record.Id),
        ParentId = record.ParentId is int parent ? Id(parent) : null,
        Label = record.Phase is { } phase ? $"{record.Name} · {phase}" : record.Name,
        Start = record.StartedAt,
        Duration = record.Duration,
        Kind = record.Outcome switch
        {
            StartupOutcome.Failed => TimelineBarKind.Failed,
            StartupOutcome.Unfinished => TimelineBarKind.Unfinished,
            _ => record.Type switch
            {
                ServiceType.Optional => TimelineBarKind.Optional,
                ServiceType.Background => TimelineBarKind.Background,
                _ => TimelineBarKind.Essential,
            },
        },
        Parts = record.Inclusive is { } whole ? StartupParts.Of(whole) : null,
        Facts = Facts(record, report),
        Note = record.Error ?? (record.Dependencies.Count > 0 ? "needs " + string.Join(", ", record.Dependencies.Select(dependency => dependency.Name)) : null),
    };

    private static List<ReportFact> Facts(StartupRecord record, StartupReport report)
    {
        var facts = new List<ReportFact>();
        if (record.SelfDuration < record.Duration)
            facts.Add(new ReportFact("own time", DocumentParts.Seconds(record.SelfDuration)));
        if (report.CriticalPath.Slack.TryGetValue(record.Name, out TimeSpan? slack) && slack is { } room && room > TimeSpan.Zero)
            facts.Add(new ReportFact("slack", DocumentParts.Seconds(room)));
        if (record.Inclusive is { } whole)
            facts.AddRange(StartupParts.Facts(whole, record.AssemblyLoads));
        return facts;
    }

    private static IEnumerable<TimelineBar> DependencyBars(StartupRecord record) => record.Dependencies
        .Where(dependency => dependency.Duration is not null)
        .Select((dependency, index) => new TimelineBar
        {
            Id = $"{Id(record.Id)}.{Id(index)}",
            ParentId = Id(record.Id),
            Label = dependency.Name,
            Start = dependency.StartedAt ?? record.StartedAt,
            Duration = dependency.Duration ?? TimeSpan.Zero,
            Kind = dependency.Outcome == StartupOutcome.Failed ? TimelineBarKind.Failed : TimelineBarKind.Dependency,
        });

    private static TimelineBar Cut(TimelineBar bar, TimeSpan end) =>
        bar.Start < end && bar.Start + bar.Duration > end ? bar with { Duration = end - bar.Start } : bar;

    private static string Id(int id) => id.ToString(CultureInfo.InvariantCulture);
}
