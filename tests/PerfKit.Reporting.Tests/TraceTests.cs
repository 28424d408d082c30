using System.Text.Json;
using FsCheck;

namespace PerfKit.Reporting.Tests;

public sealed class TraceTests
{
    [Fact]
    public void Render_makesABarACompleteEventInMicroseconds()
    {
        JsonElement slice = Assert.Single(Events(Timeline(Bar("database", 1.5, 2))), IsSlice);

        Assert.Equal("database", slice.GetProperty("name").GetString());
        Assert.Equal(1_500, slice.GetProperty("ts").GetDouble());
        Assert.Equal(2_000, slice.GetProperty("dur").GetDouble());
        Assert.Equal("needs x", slice.GetProperty("args").GetProperty("note").GetString());
    }

    [Fact]
    public void Render_givesOverlappingBarsLanesOfTheirOwn_andNestedOnesTheSame()
    {
        Dictionary<string, int> lanes = Events(Timeline(Bar("host", 0, 10), Bar("inside", 1, 2), Bar("across", 8, 5), Bar("after", 14, 1)))
            .Where(IsSlice).ToDictionary(slice => slice.GetProperty("name").GetString()!, slice => slice.GetProperty("tid").GetInt32());

        Assert.Equal(lanes["host"], lanes["inside"]);
        Assert.NotEqual(lanes["host"], lanes["across"]);
        Assert.Equal(0, lanes["after"]);
    }

    [Fact]
    public void Render_makesAChartCounters_withoutItsGaps()
    {
        var chart = new ChartBlock
        {
            Title = "CPU",
            Unit = Unit.Percent,
            Series = [new ChartSeries("process", [new ChartPoint(TimeSpan.Zero, 5), new ChartPoint(TimeSpan.FromSeconds(1), null), new ChartPoint(TimeSpan.FromSeconds(2), double.NaN)])],
        };

        JsonElement counter = Assert.Single(Events(Document(chart)), item => item.GetProperty("ph").GetString() == "C");
        Assert.Equal(5, counter.GetProperty("args").GetProperty("Percent").GetDouble());
    }

    [Fact]
    public void Render_ofAnyBars_keepsSlicesOfALaneApartOrNested() => Prop.ForAll<byte[]>(bytes =>
    {
        TimelineBar[] bars = bytes.Chunk(2).Where(pair => pair.Length == 2).Select((pair, i) => Bar($"{i}", pair[0], pair[1])).ToArray();

        JsonElement[] slices = Events(Timeline(bars)).Where(IsSlice).ToArray();

        Assert.Equal(bars.Length, slices.Length);
        foreach (IGrouping<int, JsonElement> lane in slices.GroupBy(slice => slice.GetProperty("tid").GetInt32()))
        {
            (double From, double To)[] spans = lane.Select(slice =>
                (slice.GetProperty("ts").GetDouble(), slice.GetProperty("ts").GetDouble() + slice.GetProperty("dur").GetDouble())).ToArray();
            foreach ((double from, double to) in spans)
            {
                Assert.All(spans, other => Assert.True(
                    other.To <= from || other.From >= to || (other.From <= from && other.To >= to) || (from <= other.From && to >= other.To)));
            }
        }
    }).QuickCheckThrowOnFailure();

    private static bool IsSlice(JsonElement item) => item.GetProperty("ph").GetString() == "X";

    private static ReportDocument Timeline(params TimelineBar[] bars) => Document(new TimelineBlock { Title = "start-up", Total = TimeSpan.FromSeconds(1), Bars = bars });

    private static ReportDocument Document(ReportBlock block) => new()
    {
        Title = "t",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Sections = [new ReportSection { Title = "s", Blocks = [block] }],
    };

    private static TimelineBar Bar(string label, double start, double duration) => new()
    {
        Id = label,
        Label = label,
        Start = TimeSpan.FromMilliseconds(start),
        Duration = TimeSpan.FromMilliseconds(duration),
        Note = "needs x",
    };

    private static JsonElement[] Events(ReportDocument document) =>
        [.. JsonDocument.Parse(document.Render(ReportRenderers.Trace)).RootElement.GetProperty("traceEvents").EnumerateArray()];
}
