namespace PerfKit.Reporting.Tests;

public sealed class ChainTests
{
    [Fact]
    public void Text_tellsTheChainFromItsEnd_withOwnTimeBeginningAndShare()
    {
        string text = Text(Link("database", 0, 100), Link("cache", 100, 300));

        Assert.Equal(
            """
            why
                       @400 ms        ready
              +300 ms  @100 ms  75 %  └─ cache
              +100 ms     @0 s  25 %    └─ database

            """.ReplaceLineEndings("\n"),
            text[text.IndexOf("why", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void Create_ofTooManyLinks_keepsTheLongest_andAddsUpTheirNeighbors()
    {
        var view = ChainView.Create(Chain(Link("a", 0, 1), Link("b", 1, 50), Link("c", 51, 2), Link("d", 53, 3), Link("e", 56, 44)), 2);

        Assert.Equal([("e", 44, 1), ("… 2 shorter links", 5, 2), ("b", 50, 1), ("a", 1, 1)], view.Rows.Select(row => (row.Label, (int)row.Duration.TotalMilliseconds, row.Count)));
        Assert.Equal(1, view.Rows.Sum(row => row.Share), 1e-9);
    }

    [Fact]
    public void Render_ofAnEmptyChain_saysSo()
    {
        Assert.Contains("(no links)", Text(), StringComparison.Ordinal);
    }

    private static string Text(params TimelineLink[] links) => new ReportDocument
    {
        Title = "t",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Sections = [new() { Title = "s", Blocks = [Chain(links)] }],
    }.Render(ReportRenderers.Text);

    private static ChainBlock Chain(params TimelineLink[] links) => new() { Title = "why", End = "ready", EndAt = TimeSpan.FromMilliseconds(400), Links = links };

    private static TimelineLink Link(string label, int start, int duration) =>
        new(label, TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(duration));
}
