using PerfKit.Reporting;

namespace PerfKit;

/// <summary>The section of a run-time document that tells who made whom wait; none when it was not watched.</summary>
internal static class WaitsDocument
{
    private const int MostRows = 50;

    public static IEnumerable<ReportSection> Of(RuntimeReport report)
    {
        if (report.Waits is not { } waits)
            yield break;
        yield return new ReportSection
        {
            Title = "Who makes whom wait",
            Summary = $"Watched for {DocumentParts.Seconds(waits.Watched).Format()}. A service that waits for a lock is charged to whoever held it, the pauses of collections to those "
                + "who allocated, the delay of queued work to those who held the pool's threads.",
            Blocks = waits.Blames.Count == 0 ? [new NoticeBlock("Nobody waited for anybody.", FactTone.Good)] : [Table(waits), .. Notices(waits)],
        };
    }

    private static TableBlock Table(WaitTable waits) => new()
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
        Rows = [.. waits.Blames.Take(MostRows).Select(Row)],
    };

    private static TableRow Row(WaitBlame blame) => new(
        blame.Victim,
        blame.Culprit,
        blame.Kind switch { WaitKind.Lock => "a lock", WaitKind.GarbageCollection => "the collector", _ => "the thread pool" },
        DocumentParts.Count(blame.Count),
        DocumentParts.Seconds(blame.Total),
        DocumentParts.Seconds(blame.Longest));

    private static IEnumerable<NoticeBlock> Notices(WaitTable waits)
    {
        if (waits.Blames.Count > MostRows)
            yield return new NoticeBlock($"{DocumentParts.Things(waits.Blames.Count - MostRows, "pair")} with less waiting are left out here; JSON has them all.");
        if (waits.LockWaitsHeard is null)
            yield return new NoticeBlock("Lock waits are not known: the runtime's event support is switched off.", FactTone.Warning);
        else if (waits.LockWaitsHeard < waits.LockContentions * 0.9)
            yield return new NoticeBlock($"Of {DocumentParts.Count(waits.LockContentions).Format()} lock waits {DocumentParts.Count(waits.LockWaitsHeard).Format()} were heard; the table is of those.", FactTone.Warning);
    }
}
