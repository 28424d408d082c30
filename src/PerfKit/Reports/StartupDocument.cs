using System.Globalization;
using PerfKit.Instrumentation;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>Turns a start-up report into a document.</summary>
internal static class StartupDocument
{
    public static ReportDocument Of(StartupReport report) => new()
    {
        Title = $"{report.Application}: start-up",
        Subtitle = report.Machine.Fingerprint,
        CreatedAt = report.CreatedAt,
        Facts = Facts(report),
        Sections = report.Records.Count == 0
            ? [new ReportSection { Title = "Start-up", Blocks = [new NoticeBlock("No start-up scope was begun, so there is nothing to say about start-up. Wrap what starts in StartupScope.Begin(name).", FactTone.Warning)] }]
            : [DocumentParts.Conclusions("Start-up bottlenecks", report.Bottlenecks, report.Recommendations, Notices(report)), Timeline(report), Chain(report), StartupBlame.Of(report)],
    };

    private static ReportFact[] Facts(StartupReport report)
    {
        bool isSlow = report.TotalStartupTime >= report.Limit;
        return
        [
            new("Start-up", DocumentParts.Seconds(report.TotalStartupTime), Note(report), isSlow ? FactTone.Bad : FactTone.Good),
            new("Before first scope", DocumentParts.Seconds(report.BeforeFirstScope), "runtime start and host"),
            new("Memory at start", DocumentParts.Bytes(report.PeakMemoryBytes), $"peak; {DocumentParts.Bytes(report.BaselineMemoryBytes).Format()} before"),
            DocumentParts.Findings("Start-up bottlenecks", report.Bottlenecks),
        ];
    }

    private static string Note(StartupReport report)
    {
        string limit = $"{DocumentParts.Things(report.ServicesAnalyzed, "service")}; limit {DocumentParts.Seconds(report.Limit).Format()}";
        if (report.PreviousTotalStartupTime is not { } previous || previous <= TimeSpan.Zero)
            return limit;
        double change = (report.TotalStartupTime / previous) - 1;
        return limit + string.Create(CultureInfo.InvariantCulture, $"; {change * 100:+0;−0;0} % since the last run");
    }

    private static List<ReportBlock> Notices(StartupReport report)
    {
        var notices = new List<ReportBlock>();
        if (!report.IsComplete)
            notices.Add(new NoticeBlock("The application has not said that it is ready, so the total may still grow. A host says it by itself; without one, call StartupTracker.MarkReady().", FactTone.Warning));
        if (report.DroppedRecords > 0)
            notices.Add(new NoticeBlock($"{report.DroppedRecords} scopes were not kept: the tracker was full.", FactTone.Warning));
        notices.AddRange(report.Failures.Select(failure => new NoticeBlock($"A detector failed: {failure}", FactTone.Bad)));
        return notices;
    }

    private static ReportSection Timeline(StartupReport report) => new()
    {
        Title = "Start-up timeline",
        Summary = report.UntrackedTime > TimeSpan.Zero
            ? $"{DocumentParts.Seconds(report.UntrackedTime).Format()} of the {DocumentParts.Seconds(report.TotalStartupTime).Format()} are covered by no scope."
            : null,
        Blocks = [StartupTimeline.Of(report), .. Milestones(report), Table(report)],
    };

    private static ReportSection Chain(StartupReport report) => new()
    {
        Title = "Critical chain",
        Summary = "Read from the end: each line waited for the one beneath it. After + is its own time, after @ when that began.",
        Blocks =
        [
            new ChainBlock
            {
                Title = "What start-up waited for",
                End = report.IsComplete ? "ready" : "the last scope's end",
                EndAt = report.TotalStartupTime,
                Links = StartupTimeline.Links(report),
            },
        ],
    };

    // Those before the first scope and after ready lie beside the timeline's axis.
    private static IEnumerable<ReportBlock> Milestones(StartupReport report) => report.Milestones.Count == 0 ? [] :
    [
        new TableBlock
        {
            Title = "Milestones, from the first scope",
            Columns = [new TableColumn("Reached"), new TableColumn("At", ColumnAlignment.Right)],
            Rows = report.Milestones.Select(reached => new TableRow(reached.Name, DocumentParts.Seconds(reached.At))).ToArray(),
        },
    ];

    private static TableBlock Table(StartupReport report) => new()
    {
        Title = "Services by own time",
        Columns =
        [
            new TableColumn("Service"),
            new TableColumn("Type"),
            new TableColumn("Own time", ColumnAlignment.Right),
            new TableColumn("Share", ColumnAlignment.Right),
            new TableColumn("Whole time", ColumnAlignment.Right),
            new TableColumn("Began at", ColumnAlignment.Right),
            new TableColumn("Slack", ColumnAlignment.Right),
            new TableColumn("Outcome"),
            new TableColumn("Needs"),
        ],
        Rows = StartupTrifles.Folded(report, report.Services
            .Where(service => !service.IsAfterReady)
            .OrderByDescending(service => service.SelfDuration).ThenBy(service => service.Order), service => service.SelfDuration,
            service => new TableRow(
                service.Name,
                service.Type.ToString(),
                DocumentParts.Seconds(service.SelfDuration),
                new Quantity(report.TotalStartupTime > TimeSpan.Zero ? service.SelfDuration / report.TotalStartupTime * 100 : null, Unit.Percent),
                DocumentParts.Seconds(service.Duration),
                DocumentParts.Seconds(service.StartedAt),
                DocumentParts.Seconds(report.CriticalPath.Slack.GetValueOrDefault(service.Name)),
                service.Outcome.ToString(),
                string.Join(", ", service.Dependencies)),
            (words, sum) => new TableRow(words, "", DocumentParts.Seconds(sum))),
    };
}
