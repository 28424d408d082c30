namespace PerfKit.Reporting.Tests;

internal static class SampleAdvice
{
    public static AdviceBlock Create() => new()
    {
        Title = "What to do, most urgent first",
        Items =
        [
            new()
            {
                RuleId = "PK0001",
                Service = "search-index",
                Title = "Build the index after the application is ready",
                Actions = ["Move the build into a background service.", "Answer from the database until the index is complete.", "Store the index, and only build what changed."],
                Effort = AdviceEffort.Medium,
                Priority = AdvicePriority.Critical,
                PredictedSaving = SampleDocument.Seconds(3.86),
                SavingOf = "start-up time",
                SavingIsUpperBound = true,
                Basis = "The start-up replayed without search-index on its critical path: 6.42 s become 2.56 s.",
                Verify = "Start-up time of the next audit is below 3 s.",
                Evidence = [new("On the critical path", SampleDocument.Seconds(3.86), null, null, "start-up scope")],
            },
            new()
            {
                RuleId = "PK0002",
                Service = "re-pricing worker",
                Title = "Re-price only what changed",
                Actions = ["Keep the version of each price rule with the item.", "Skip items whose version is current."],
                Effort = AdviceEffort.High,
                Priority = AdvicePriority.High,
                PredictedSaving = new(1.4, Unit.Cores),
                Basis = "93 % of the re-priced items came out as they went in.",
                Verify = "CPU at its peak stays below 80 % over ten minutes.",
            },
            new()
            {
                RuleId = "PK0003",
                Service = "re-pricing worker",
                Title = "Keep the journal open and write in batches",
                Actions = ["Open the journal once, when the worker starts.", "Flush every second, or every 256 items."],
                Effort = AdviceEffort.Low,
                Priority = AdvicePriority.Medium,
                PredictedSaving = new(96_000_000, Unit.BytesPerSecond),
                Basis = "81 % of the writes are smaller than one page.",
                Verify = "Bytes written stay below 100 MB/s in the next audit.",
            },
            new()
            {
                RuleId = "PK0007",
                Title = "Wait longer after each failure",
                Actions = ["Double the pause after each failure, up to 30 s."],
                Effort = AdviceEffort.Low,
                Priority = AdvicePriority.Low,
                PredictedSaving = null,
                Basis = "Nothing can be predicted: the dependency's own recovery decides.",
                Verify = "Retries fall below 1/s.",
            },
        ],
    };
}
