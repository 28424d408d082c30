using FsCheck;

namespace PerfKit.Reporting.Tests;

public sealed class TimelinePictureTests
{
    [Fact]
    public void Create_putsNestedBarsBeneathTheirParent_andOverlappingOnesIntoLanesOfTheirOwn()
    {
        TimelinePicture picture = Picture([Bar("a", null, 0, 40), Bar("a1", "a", 10, 20), Bar("b", null, 20, 40), Bar("b1", "b", 30, 20), Bar("c", null, 70, 30)]);

        Assert.Equal([("a", 0), ("c", 0), ("a1", 1), ("b", 2), ("b1", 3)], picture.Marks.Select(mark => (mark.Bars[0].Label, mark.Lane)));
        Assert.Equal(4, picture.LaneCount);
    }

    [Fact]
    public void Create_bundlesNeighborsTooNarrowToSee_andSaysThatOneFailed()
    {
        TimelineBar[] bars = [.. Enumerable.Range(0, 200).Select(i => Bar($"s{i}", null, i, 1) with { Kind = i == 7 ? TimelineBarKind.Failed : TimelineBarKind.Optional }), Bar("long", null, 200, 1_000_000)];

        TimelinePicture picture = Picture(bars);

        Assert.Equal([200, 1], picture.Marks.Select(mark => mark.Bars.Count));
        Assert.Equal((TimelineBarKind.Failed, TimeSpan.FromMilliseconds(200)), (picture.Marks[0].Kind, picture.Marks[0].Covered));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    public void Create_withMoreOverlapsThanLanes_leavesOutTheShortestThatNobodyWaitedFor(int bars, int without)
    {
        TimelineBar[] all = [.. Enumerable.Range(0, bars).Select(i => Bar($"s{i}", null, i, 1000 + (100 * i)))];

        TimelinePicture picture = Picture(all, lanes: 3, path: [new("s0", TimeSpan.Zero, TimeSpan.FromSeconds(1), "s0")]);

        Assert.Equal(Math.Min(bars, 3), picture.LaneCount);
        Assert.Equal(without == 0 ? [] : ["s1"], picture.Marks.Where(mark => mark.Lane == picture.LaneCount).SelectMany(mark => mark.Bars).Select(bar => bar.Label));
    }

    [Fact]
    public void Create_joinsThePathOnABar_butKeepsItsLinksApartWhereTheyCanBeSeen()
    {
        TimelineLink[] path = [.. Enumerable.Range(0, 10).Select(i => new TimelineLink($"link {i}", TimeSpan.FromMilliseconds(i * 10), TimeSpan.FromMilliseconds(10), "a"))];

        TimelinePicture picture = Picture([Bar("a", null, 0, 100)], path: path);

        Assert.Equal(10, picture.Path.Count);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromMilliseconds(100)), (Assert.Single(picture.Stretches).Start, picture.Stretches[0].End));
    }

    [Fact]
    public void Create_ofAnyBars_accountsForEachOnce_withoutOverlapInALane() => Prop.ForAll(AnyBars, Arb.From(Gen.Choose(1, 6)), (bars, lanes) =>
    {
        var path = bars.Where((_, i) => i % 3 == 0).Select(bar => new TimelineLink(bar.Label, bar.Start, bar.Duration, bar.Id)).ToArray();
        TimelinePicture picture = Picture(bars, lanes, path);

        Assert.Equal(bars.Length, picture.Marks.Sum(mark => mark.Bars.Count));
        Assert.InRange(picture.LaneCount, bars.Length == 0 ? 0 : 1, lanes);
        foreach (TimelineMark[] lane in picture.Marks.GroupBy(mark => mark.Lane).Select(lane => lane.ToArray()))
        {
            Assert.All(lane.Zip(lane.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Create_ofAnyBars_standsEachBeneathItsParent() => Prop.ForAll(AnyBars, bars =>
    {
        TimelineTree tree = Tree(bars);
        var items = new TimelineItems(tree, 0.0001);
        TimelineLanes lanes = TimelineLanes.PackAll(items, 100)!;

        Assert.All(Enumerable.Range(0, items.All.Count).Where(item => items.All[item].Parent >= 0), item => Assert.True(lanes[items.All[item].Parent] < lanes[item]));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_ofTwentyThousandBars_staysWithinItsMarks(bool areNested)
    {
        TimelineBar[] bars = [.. Enumerable.Range(0, 20_000).Select(i => Bar($"{i}", areNested && i > 0 ? $"{i - 1}" : null, i, areNested ? 40_000 - (2 * i) : 300 + (i % 100)))];
        TimelineLink[] path = [.. bars.Select(bar => new TimelineLink(bar.Label, bar.Start, TimeSpan.FromMilliseconds(1), bar.Id))];

        TimelinePicture picture = Picture(bars, lanes: 40, path);

        Assert.InRange(picture.Marks.Count + picture.Path.Count + picture.Stretches.Count, 40, 1500);
        Assert.Equal(20_000, picture.Marks.Sum(mark => mark.Bars.Count));
        Assert.Equal(20_000, picture.Path.Sum(stretch => stretch.Links.Count));
    }

    private static readonly Arbitrary<TimelineBar[]> AnyBars = Arb.From(Gen.ListOf(
        from id in Gen.Choose(0, 12)
        from parent in Gen.Choose(-1, 14)
        from start in Gen.Choose(0, 50)
        from duration in Gen.Choose(0, 50)
        select Bar($"{id}", parent < 0 ? null : $"{parent}", start, duration)).Select(list => list.ToArray()));

    private static TimelinePicture Picture(TimelineBar[] bars, int lanes = 40, TimelineLink[]? path = null) =>
        TimelinePicture.Create(Tree(bars), Block(bars) with { CriticalPath = path ?? [] }, lanes, 1500);

    private static TimelineTree Tree(TimelineBar[] bars) => new(Block(bars));

    private static TimelineBlock Block(TimelineBar[] bars) => new() { Title = "t", Total = TimeSpan.FromMilliseconds(100), Bars = bars };

    private static TimelineBar Bar(string id, string? parent, int start, int duration) => new()
    {
        Id = id,
        ParentId = parent,
        Label = id,
        Start = TimeSpan.FromMilliseconds(start),
        Duration = TimeSpan.FromMilliseconds(duration),
    };
}
