using System.Globalization;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>Turns a comparison of starts into a document.</summary>
internal static class ComparisonDocument
{
    public static ReportDocument Of(StartupComparison comparison) => new()
    {
        Title = $"{comparison.Application}: start-up before and after",
        Subtitle = comparison.Machines.Count == 1 ? comparison.Machines[0] : null,
        CreatedAt = comparison.CreatedAt,
        Facts = Facts(comparison),
        Sections =
        [
            new ReportSection { Title = "Before and after", Blocks = [.. Notices(comparison), Services(comparison)] },
            .. comparison.FollowUps.Count > 0
                ? [new ReportSection { Title = "Recommendations", Summary = "What was predicted is start-up's saving by that advice alone; what was achieved is how much less start-up waits for its services.", Blocks = [FollowUps(comparison)] }]
                : (ReportSection[])[],
        ],
    };

    private static ReportFact[] Facts(StartupComparison comparison)
    {
        StartupDifference total = comparison.Total;
        return
        [
            new("Before", DocumentParts.Seconds(total.Before), $"median of {DocumentParts.Things(total.CountBefore, "start")}"),
            new("After", DocumentParts.Seconds(total.After), $"median of {DocumentParts.Things(total.CountAfter, "start")}"),
            new("Saving achieved", DocumentParts.Seconds(comparison.AchievedSaving), Meaning(total), total.Verdict switch
            {
                StartupVerdict.Faster => FactTone.Good,
                StartupVerdict.Slower => FactTone.Bad,
                _ => FactTone.Neutral,
            }),
            new("Saving predicted", DocumentParts.Seconds(comparison.PredictedSaving), "for the advice that was followed, together"),
        ];
    }

    private static IEnumerable<ReportBlock> Notices(StartupComparison comparison)
    {
        if (comparison.Total.Confidence is null)
            yield return new NoticeBlock("Noise is unknown: with fewer than three starts on a side, a change cannot be told from chance.", FactTone.Warning);
        if (comparison.Machines.Count > 1)
            yield return new NoticeBlock($"The starts come from different machines, so their figures may not be comparable: {string.Join(" | ", comparison.Machines)}.", FactTone.Warning);
    }

    private static TableBlock Services(StartupComparison comparison) => new()
    {
        Title = "Own time of services",
        Columns =
        [
            new TableColumn("Service"),
            new TableColumn("Before", ColumnAlignment.Right),
            new TableColumn("After", ColumnAlignment.Right),
            new TableColumn("Change", ColumnAlignment.Right),
            new TableColumn("Meaning"),
        ],
        Rows = comparison.Services.Select(service => new TableRow(
            service.Service,
            DocumentParts.Seconds(service.OwnTime.Before),
            DocumentParts.Seconds(service.OwnTime.After),
            DocumentParts.Seconds(service.OwnTime.Change),
            Meaning(service.OwnTime))).ToArray(),
    };

    private static TableBlock FollowUps(StartupComparison comparison) => new()
    {
        Title = "Predicted and achieved",
        Columns =
        [
            new TableColumn("Recommendation"),
            new TableColumn("Followed"),
            new TableColumn("Sign"),
            new TableColumn("Predicted", ColumnAlignment.Right),
            new TableColumn("Achieved", ColumnAlignment.Right),
        ],
        Rows = comparison.FollowUps.Select(advice => new TableRow(
            advice.Title,
            advice.Followed.ToString(),
            advice.Sign,
            advice.IsUpperBound ? $"up to {DocumentParts.Seconds(advice.Predicted).Format()}" : DocumentParts.Seconds(advice.Predicted),
            DocumentParts.Seconds(advice.Achieved))).ToArray(),
    };

    private static string Meaning(StartupDifference difference)
    {
        string verdict = difference.Verdict switch
        {
            StartupVerdict.New => "new",
            StartupVerdict.Gone => "gone: not started before ready",
            StartupVerdict.Faster => "faster",
            StartupVerdict.Slower => "slower",
            StartupVerdict.Alike => "alike",
            _ => "noise unknown",
        };
        return difference is { Confidence: double confidence, ChangeLow: { } low, ChangeHigh: { } high }
            ? string.Create(CultureInfo.InvariantCulture, $"{verdict}; change {DocumentParts.Seconds(low).Format()} to {DocumentParts.Seconds(high).Format()} at {confidence * 100:0} %")
            : verdict;
    }
}
