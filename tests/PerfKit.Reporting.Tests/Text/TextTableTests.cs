namespace PerfKit.Reporting.Tests;

public sealed class TextTableTests
{
    [Fact]
    public void Render_ofAWideTable_breaksHeadingsAndKeepsFiguresWhole()
    {
        string text = Table("a service with a long name that is prose and does not fit beside the figures");

        Assert.DoesNotContain("Waiting for CPU", text, StringComparison.Ordinal);
        Assert.Contains("Waiting", text, StringComparison.Ordinal);
        Assert.Contains("for CPU", text, StringComparison.Ordinal);
        Assert.Contains("1 234 567", text, StringComparison.Ordinal);
        Assert.Contains("12.5 s", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 60, line));
    }

    [Fact]
    public void Render_ofMoreColumnsThanFit_staysWithinTheWidth()
    {
        string text = Table("orders", columns: 6);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 60, line));
    }

    private static string Table(string name, int columns = 2) => new ReportDocument
    {
        Title = "t",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Sections =
        [
            new ReportSection
            {
                Title = "s",
                Blocks =
                [
                    new TableBlock
                    {
                        Title = "usage",
                        Columns =
                        [
                            new TableColumn("Service"), new TableColumn("Waiting for CPU", ColumnAlignment.Right),
                            .. Enumerable.Repeat(new TableColumn("I/O calls", ColumnAlignment.Right), columns),
                        ],
                        Rows =
                        [
                            new TableRow([
                                name, Quantity.Of(TimeSpan.FromSeconds(12.5)),
                                .. Enumerable.Repeat((TableCell)new Quantity(1_234_567, Unit.Count), columns),
                            ]),
                        ],
                    },
                ],
            },
        ],
    }.Render(ReportRenderers.CreateText(new TextRendererOptions { Width = 60 }));
}
