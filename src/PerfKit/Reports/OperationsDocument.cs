using PerfKit.Instrumentation;
using PerfKit.Reporting;

namespace PerfKit;

/// <summary>The section of a run-time document that tells of operation meters; none when nothing was metered.</summary>
internal static class OperationsDocument
{
    public static IEnumerable<ReportSection> Of(RuntimeReport report)
    {
        if (report.Operations.Count == 0)
            yield break;
        yield return new ReportSection
        {
            Title = "Operations",
            Summary = "What the operation meters counted while the process was watched. Quantiles are within 1.6 % of the true ones.",
            Blocks =
            [
                new TableBlock
                {
                    Title = "Operations",
                    Columns =
                    [
                        new TableColumn("Operation"),
                        new TableColumn("Count", ColumnAlignment.Right),
                        new TableColumn("Rate", ColumnAlignment.Right),
                        new TableColumn("Errors", ColumnAlignment.Right),
                        new TableColumn("p50", ColumnAlignment.Right),
                        new TableColumn("p95", ColumnAlignment.Right),
                        new TableColumn("p99", ColumnAlignment.Right),
                        new TableColumn("Max", ColumnAlignment.Right),
                    ],
                    Rows = report.Operations.Select(Row).ToArray(),
                },
            ],
        };
    }

    private static TableRow Row(OperationSnapshot operation) => new(
        operation.Operation,
        DocumentParts.Count(operation.Count),
        new Quantity(operation.PerSecond, Unit.CountPerSecond),
        new Quantity(operation.ErrorRate * 100, Unit.Percent),
        DocumentParts.Nanoseconds(operation.P50Nanoseconds),
        DocumentParts.Nanoseconds(operation.P95Nanoseconds),
        DocumentParts.Nanoseconds(operation.P99Nanoseconds),
        DocumentParts.Nanoseconds(operation.MaximumNanoseconds));
}
