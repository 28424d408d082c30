using FsCheck;

namespace PerfKit.Reporting.Tests;

public sealed class TimelineViewTests
{
    [Fact]
    public void Create_nests_by_parent_and_sorts_by_start()
    {
        TimelineView view = View(10, Bar("b", null, 5, 1), Bar("a2", "a", 3, 1), Bar("a", null, 0, 4), Bar("a1", "a", 1, 1), Bar("a11", "a1", 1, 1));

        Assert.Equal([("a", 0), ("a1", 1), ("a11", 2), ("a2", 1), ("b", 0)], view.Rows.Select(row => (row.Label, row.Depth)));
        Assert.Equal(TimeSpan.FromSeconds(6), view.Total);
    }

    [Fact]
    public void Create_of_circles_and_unknown_parents_shows_every_bar_once()
    {
        TimelineView view = View(10, Bar("a", "b", 0, 1), Bar("b", "c", 1, 1), Bar("c", "a", 2, 1), Bar("d", "c", 3, 1), Bar("self", "self", 4, 1), Bar("lost", "gone", 5, 1));

        Assert.Equal(["a", "b", "c", "d", "lost", "self"], view.Rows.Select(row => row.Label).Order(StringComparer.Ordinal));
        Assert.Contains(view.Rows, row => row.Label == "d" && row.Depth > 0);
    }

    [Fact]
    public void Create_of_too_many_folds_the_shortest_beneath_their_parent()
    {
        TimelineView view = View(3, Bar("p", null, 0, 100), Bar("long", "p", 1, 50), Bar("x", "p", 2, 3), Bar("y", "p", 60, 4), Bar("bad", null, 0, 1) with { Kind = TimelineBarKind.Failed });

        Assert.Equal(["p", "long", "+ 2 shorter bars", "bad"], view.Rows.Select(row => row.Label));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(64), 2), (view.Rows[2].Start, view.Rows[2].End, view.Folded));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(2, 1)]
    public void Create_at_the_limit_folds_only_beyond_it(int maximum, int folded)
    {
        Assert.Equal(folded, View(maximum, Bar("a", null, 0, 1), Bar("b", null, 0, 2), Bar("c", null, 0, 3)).Folded);
    }

    [Fact]
    public void Create_of_two_thousand_bars_keeps_the_page_small_and_says_what_is_missing()
    {
        var random = new System.Random(7);
        TimelineBar[] bars = [.. Enumerable.Range(0, 2000).Select(i => Bar($"s{i}", i < 20 ? null : $"s{random.Next(i)}", random.Next(1000), random.Next(1, 100)))];
        var block = new TimelineBlock { Title = "t", Total = TimeSpan.Zero, Bars = bars };
        var document = new ReportDocument { Title = "t", CreatedAt = DateTimeOffset.UnixEpoch, Sections = [new() { Title = "s", Blocks = [block] }] };

        string html = document.Render(ReportRenderers.Html);

        Assert.InRange(html.Length, 100_000, 400_000);
        Assert.Contains("1700 shorter bars are folded together", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_of_any_bars_accounts_for_each_of_them()
    {
        Gen<TimelineBar> bar =
            from id in Gen.Choose(0, 12)
            from parent in Gen.Choose(-1, 14)
            from start in Gen.Choose(-5, 50)
            from duration in Gen.Choose(-5, 50)
            select Bar($"{id}", parent < 0 ? null : $"{parent}", start, duration);
        Prop.ForAll(Arb.From(Gen.ListOf(bar).Select(list => list.ToArray())), Arb.From(Gen.Choose(0, 20)), (bars, maximum) =>
        {
            TimelineView view = View(maximum, bars);

            Assert.Equal(bars.Length, view.Rows.Count(row => row.Bar is not null) + view.Folded);
            Assert.True(view.Rows.Count(row => row.Bar is not null) <= Math.Max(maximum, 0));
            Assert.All(view.Rows, row => Assert.True(row.Start >= TimeSpan.Zero && row.End <= view.Total));
        }).QuickCheckThrowOnFailure();
    }

    private static TimelineView View(int maximum, params TimelineBar[] bars) =>
        TimelineView.Create(new TimelineBlock { Title = "t", Total = TimeSpan.FromSeconds(1), Bars = bars }, maximum);

    private static TimelineBar Bar(string id, string? parent, int start, int duration) => new()
    {
        Id = id,
        ParentId = parent,
        Label = id,
        Start = TimeSpan.FromSeconds(start),
        Duration = TimeSpan.FromSeconds(duration),
    };
}
