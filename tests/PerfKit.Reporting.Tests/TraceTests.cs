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
        Dictionary<string, int> lanes = Events(Timeline(Bar("host", 0, 10), Bar("inside", 1, 2) with { ParentId = "host" }, Bar("across", 8, 5), Bar("beside", 1, 3), Bar("after", 14, 1)))
            .Where(IsSlice).ToDictionary(slice => slice.GetProperty("name").GetString()!, slice => slice.GetProperty("tid").GetInt32());

        Assert.Equal(lanes["host"], lanes["inside"]);
        Assert.NotEqual(lanes["host"], lanes["across"]);
        Assert.NotEqual(lanes["host"], lanes["beside"]);
        Assert.Equal(lanes["host"], lanes["after"]);
    }

    [Fact]
    public void Render_makesPartsAndFactsArguments()
    {
        TimelineBar bar = Bar("database", 0, 10) with
        {
            Parts = [new(TimelinePartKind.Cpu, "CPU", TimeSpan.FromMilliseconds(4)), new(TimelinePartKind.Blocked, "blocked", TimeSpan.FromMilliseconds(6))],
            Facts = [new("allocated", new Quantity(2048, Unit.Bytes)), new("note", new Quantity(1, Unit.Count))],
        };

        JsonElement arguments = Assert.Single(Events(Timeline(bar)), IsSlice).GetProperty("args");

        Assert.Equal((4.0, 6.0), (arguments.GetProperty("CPU (ms)").GetDouble(), arguments.GetProperty("blocked (ms)").GetDouble()));
        Assert.Equal(("2.0 KiB", "needs x", "1"), (arguments.GetProperty("allocated").GetString(), arguments.GetProperty("note").GetString(), arguments.GetProperty("note'").GetString()));
    }

    [Fact]
    public void Render_drawsThePathAsSlicesAndArrows_andMarkersAsInstants()
    {
        TimelineBlock block = new()
        {
            Title = "start-up",
            Total = TimeSpan.FromMilliseconds(10),
            Bars = [Bar("a", 0, 4), Bar("b", 4, 6)],
            CriticalPath = [Link("a", 0, 4), Link("b", 4, 6)],
            Markers = [new("host built", TimeSpan.FromMilliseconds(4))],
        };

        JsonElement[] events = Events(Document(block));

        Assert.Equal(["a", "b"], events.Where(item => IsSlice(item) && item.GetProperty("cat").GetString() == "critical path").Select(item => item.GetProperty("name").GetString()));
        JsonElement leaves = Assert.Single(events, item => Phase(item) == "s");
        JsonElement arrives = Assert.Single(events, item => Phase(item) == "f");
        Assert.Equal((3999.9, 4000.0), (leaves.GetProperty("ts").GetDouble(), arrives.GetProperty("ts").GetDouble()));
        Assert.Equal("host built", Assert.Single(events, item => Phase(item) == "i").GetProperty("name").GetString());
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
    public void Render_ofAnyDocument_isAWellFormedTrace() =>
        Prop.ForAll(DocumentGenerator.Documents, document => TraceStructure.Check(document.Render(ReportRenderers.Trace))).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(HostileTextTests.Names), MemberType = typeof(HostileTextTests))]
    public void Render_ofAHostileName_isAWellFormedTrace(string name) =>
        TraceStructure.Check(HostileDocument.Create(name).Render(ReportRenderers.Trace));

    [Fact]
    public void Render_ofAnyBars_isAWellFormedTraceWithEachOfThem() => Prop.ForAll<byte[]>(bytes =>
    {
        TimelineBar[] bars = bytes.Chunk(3).Where(three => three.Length == 3).Select((three, i) =>
            Bar($"{i}", three[0], three[1]) with { ParentId = $"{three[2] % 8}" }).ToArray();
        TimelineLink[] path = [.. bars.OrderBy(bar => bar.Start).Select(bar => new TimelineLink(bar.Label, bar.Start, bar.Duration / 2, bar.Id))];
        ReportDocument document = Document(new TimelineBlock { Title = "start-up", Total = TimeSpan.Zero, Bars = bars, CriticalPath = path });

        TraceStructure.Check(document.Render(ReportRenderers.Trace));
        Assert.Equal(bars.Length, Events(document).Count(item => IsSlice(item) && item.GetProperty("cat").GetString() != "critical path"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Check_ofSlicesThatCross_fails()
    {
        const string crossing = """{"traceEvents":[{"name":"thread_name","ph":"M","ts":0,"pid":1,"tid":1,"args":{"name":"t"}},{"name":"a","cat":"c","ph":"X","ts":0,"dur":5,"pid":1,"tid":1},{"name":"b","cat":"c","ph":"X","ts":4,"dur":5,"pid":1,"tid":1}]}""";

        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => TraceStructure.Check(crossing));
    }

    private static string? Phase(JsonElement item) => item.GetProperty("ph").GetString();

    private static TimelineLink Link(string bar, double start, double duration) =>
        new(bar, TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(duration), bar);

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
