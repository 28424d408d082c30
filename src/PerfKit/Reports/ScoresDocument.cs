using PerfKit.Analysis;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>The section of a run-time document that tells how the process and its services do; none where there are no scores.</summary>
internal static class ScoresDocument
{
    // What does better than at its warning limit everywhere needs no row of its own.
    private const double Fine = 75;

    public static IEnumerable<ReportSection> Of(RuntimeReport report)
    {
        if (report.Scores is not { Lowest: not null } process)
            yield break;
        ScoreCard[] scored = [.. report.ServiceScores.Where(card => card.Lowest is not null)];
        ScoreCard[] shown = [.. scored.Where(card => card.Lowest!.Value <= Fine).OrderBy(card => card.Lowest!.Value)];
        yield return new ReportSection
        {
            Title = "Scores",
            Summary = "Each is as good as its worst figure: 100 is best, 75 is at the warning limit, 37.5 at the critical one."
                + (scored.Length > shown.Length ? $" {DocumentParts.Things(scored.Length - shown.Length, "service")} above 75 everywhere {(scored.Length - shown.Length == 1 ? "is" : "are")} not listed." : ""),
            Blocks =
            [
                new TableBlock
                {
                    Title = "Process and services",
                    Columns =
                    [
                        new TableColumn("Of"),
                        new TableColumn("Performance", ColumnAlignment.Right),
                        new TableColumn("Reliability", ColumnAlignment.Right),
                        new TableColumn("Efficiency", ColumnAlignment.Right),
                        new TableColumn("Lowest because of"),
                    ],
                    Rows = [.. shown.Prepend(process).Select(Row)],
                },
            ],
        };
    }

    private static TableRow Row(ScoreCard card)
    {
        Evidence reason = card.Lowest!.DecidedBy;
        return new TableRow(
            card.Name, Cell(card.PerformanceScore), Cell(card.ReliabilityScore), Cell(card.EfficiencyScore),
            $"{reason.Measure}: {DocumentParts.Of(reason.Value, reason.Unit).Format()}"
                + (reason.Limit is double limit ? $", limit {DocumentParts.Of(limit, reason.Unit).Format()}" : ""));
    }

    private static Quantity Cell(Score? score) => new(score?.Value, Unit.Score);
}
