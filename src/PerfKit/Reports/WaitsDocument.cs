using PerfKit.Reporting;

namespace PerfKit;

/// <summary>The section of a run-time document that tells who made whom wait; none when it was not watched.</summary>
internal static class WaitsDocument
{
    private const int MostRows = 50;
    private const double LeastShare = 0.01; // of the waiting of its kind: a table of microseconds hides who matters

    public static IEnumerable<ReportSection> Of(RuntimeReport report)
    {
        if (report.Waits is not { } waits)
            yield break;
        yield return new ReportSection
        {
            Title = "Who makes whom wait",
            Summary = $"Watched for {DocumentParts.Seconds(waits.Watched).Format()}. A service that waits for a lock is charged to whoever held it, the pauses of collections to those "
                + "who allocated, the delay of queued work to those who held the pool's threads.",
            Blocks = waits.Blames.Count == 0 ? [new NoticeBlock("Nobody waited for anybody.", FactTone.Good)] : [.. Blocks(waits)],
        };
    }

    private static IEnumerable<ReportBlock> Blocks(WaitTable waits)
    {
        Dictionary<WaitKind, TimeSpan> least = waits.Blames.GroupBy(blame => blame.Kind)
            .ToDictionary(kind => kind.Key, kind => kind.Aggregate(TimeSpan.Zero, (sum, blame) => sum + blame.Total) * LeastShare);
        WaitBlame[] shown = [.. waits.Blames.Where(blame => blame.Total >= least[blame.Kind]).Take(MostRows)];
        return [Table(shown), .. Notices(waits, shown.Length)];
    }

    private static TableBlock Table(WaitBlame[] shown) => new()
    {
        Title = "Victims and culprits",
        Columns =
        [
            new TableColumn("Victim"),
            new TableColumn("Culprit"),
            new TableColumn("Waits for"),
            new TableColumn("Waits", ColumnAlignment.Right),
            new TableColumn("Time", ColumnAlignment.Right),
            new TableColumn("Longest", ColumnAlignment.Right),
        ],
        Rows = [.. shown.Select(Row)],
    };

    private static TableRow Row(WaitBlame blame) => new(
        blame.Victim,
        blame.Culprit,
        blame.Kind switch { WaitKind.Lock => "a lock", WaitKind.GarbageCollection => "the collector", _ => "the thread pool" },
        DocumentParts.Count(blame.Count),
        DocumentParts.Seconds(blame.Total),
        DocumentParts.Seconds(blame.Longest));

    private static IEnumerable<NoticeBlock> Notices(WaitTable waits, int shown)
    {
        if (waits.Blames.Count - shown is > 0 and var hidden)
            yield return new NoticeBlock($"{DocumentParts.Things(hidden, "pair")} with less waiting {(hidden == 1 ? "is" : "are")} left out here; the report as JSON has all.");
        if (waits.LockWaitsHeard is null)
            yield return new NoticeBlock("Lock waits are not known: the runtime's event support is switched off.", FactTone.Warning);
        else if (waits.LockWaitsHeard < waits.LockContentions * 0.9)
            yield return new NoticeBlock($"Of {DocumentParts.Count(waits.LockContentions).Format()} lock waits {DocumentParts.Count(waits.LockWaitsHeard).Format()} were heard; the table is of those.", FactTone.Warning);
    }
}
