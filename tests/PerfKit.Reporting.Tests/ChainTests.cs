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

    [Theory]
    [InlineData(2, "e b", "and 3 shorter links in between")]
    [InlineData(4, "e d c b", "and 1 shorter link in between")]
    public void Create_tellsTheLongest_andAddsUpTheOthers(int maximum, string told, string others)
    {
        var view = ChainView.Create(Chain(Link("a", 0, 1), Link("b", 1, 5000), Link("c", 5001, 200), Link("d", 5201, 300), Link("e", 5501, 4400)), maximum);

        Assert.Equal([.. told.Split(' '), others], view.Rows.Select(row => row.Label));
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
