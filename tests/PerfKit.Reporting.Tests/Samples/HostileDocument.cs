namespace PerfKit.Reporting.Tests;

/// <summary>A document with the same text in every place that takes text, and with every odd figure and shape.</summary>
internal static class HostileDocument
{
    public static ReportDocument Create(string text)
    {
        FindingEvidence[] evidence =
        [
            new(text, new Quantity(double.NaN, Unit.Seconds), new Quantity(0, Unit.Seconds), TimeSpan.MinValue, text),
            new(text, new Quantity(double.PositiveInfinity, Unit.Bytes), new Quantity(double.Epsilon, Unit.Bytes)),
            new(text, new Quantity(null, Unit.None), new Quantity(-1, Unit.Cores), TimeSpan.MaxValue),
            new(text, new Quantity(double.MaxValue, Unit.Count), new Quantity(double.Epsilon, Unit.Count)),
        ];
        return new ReportDocument
        {
            Title = text,
            Subtitle = text,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Facts = [new(text, new Quantity(double.NegativeInfinity, Unit.Percent), text, FactTone.Bad)],
            Sections =
            [
                new() { Title = text, Summary = text, Blocks = [] },
                new()
                {
                    Title = text,
                    Blocks =
                    [
                        new ParagraphBlock(text),
                        new NoticeBlock(text, FactTone.Bad),
                        new TableBlock { Title = text, Columns = [new(text), new(text, ColumnAlignment.Right)], Rows = [new(text, text, text), new(default(TableCell)), new()] },
                        new TableBlock { Title = text, Columns = [] },
                        Timeline(text),
                        new TimelineBlock { Title = text, Total = TimeSpan.Zero, Bars = [Bar("only", null, text, 0, 0)] },
                        new TimelineBlock { Title = text, Total = TimeSpan.MinValue },
                        new ChainBlock { Title = text, End = text, EndAt = TimeSpan.MinValue },
                        new ChainBlock { Title = text, End = text, EndAt = TimeSpan.MaxValue, Links = Links(text) },
                        .. Charts(text),
                        new FindingsBlock { Title = text },
                        new FindingsBlock
                        {
                            Title = text,
                            Findings =
                            [
                                new() { RuleId = text, Title = text, Service = text, Severity = FindingSeverity.Critical, Impact = double.NaN, Description = text, Evidence = evidence, HelpLink = text },
                                new() { RuleId = text, Title = text, Severity = FindingSeverity.Low, Impact = double.PositiveInfinity, Description = "", HelpLink = "javascript:alert(1)" },
                            ],
                        },
                        new AdviceBlock { Title = text },
                        new AdviceBlock
                        {
                            Title = text,
                            Items = [new() { RuleId = text, Service = text, Title = text, Actions = [text, ""], Effort = AdviceEffort.High, Priority = AdvicePriority.Low, PredictedSaving = new(double.NaN, Unit.Seconds), Basis = text, Verify = text, Evidence = evidence }],
                        },
                    ],
                },
            ],
        };
    }

    private static TimelineBlock Timeline(string text) => new()
    {
        Title = text,
        Total = TimeSpan.FromSeconds(1),
        Bars =
        [
            Bar("a", "b", text, 0, 10),
            Bar("b", "a", text, 5, 10),
            Bar("a", "a", text, 5, -10),
            Bar("c", "gone", text, -5, 10) with { Kind = TimelineBarKind.Failed, Note = text, Markers = [new(text, TimeSpan.MaxValue), new(text, TimeSpan.MinValue)] },
            Bar("d", "c", text, 0, 0) with { Start = TimeSpan.MaxValue, Duration = TimeSpan.MaxValue, Kind = TimelineBarKind.Unfinished },
            Bar("e", null, text, 1, 2) with
            {
                Parts = [new(TimelinePartKind.Cpu, text, TimeSpan.MaxValue), new(TimelinePartKind.Jit, text, TimeSpan.MinValue), new(TimelinePartKind.Other, text, TimeSpan.FromSeconds(1))],
                Facts = [new(text, new Quantity(double.NaN, Unit.Bytes), text), new(text, new Quantity(null, Unit.Count))],
            },
            Bar("f", null, text, 1, 0) with { Parts = [], Facts = [] },
        ],
        CriticalPath = Links(text),
        Markers = [new(text, TimeSpan.MaxValue), new(text, TimeSpan.MinValue), new(text, TimeSpan.FromSeconds(3))],
    };

    private static TimelineLink[] Links(string text) =>
    [
        new(text, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(2), "a"),
        new(text, TimeSpan.MinValue, TimeSpan.MaxValue, "gone"),
        new(text, TimeSpan.MaxValue, TimeSpan.MaxValue),
        new(text, TimeSpan.FromSeconds(1), TimeSpan.MinValue, "e"),
    ];

    private static TimelineBar Bar(string id, string? parent, string label, int start, int duration) => new()
    {
        Id = id,
        ParentId = parent,
        Label = label,
        Start = TimeSpan.FromSeconds(start),
        Duration = TimeSpan.FromSeconds(duration),
    };

    private static IEnumerable<ChartBlock> Charts(string text)
    {
        ChartPoint[] odd =
        [
            new(TimeSpan.MinValue, double.MaxValue), new(TimeSpan.Zero, double.NaN), new(TimeSpan.FromSeconds(1), null),
            new(TimeSpan.Zero, double.NegativeInfinity), new(TimeSpan.MaxValue, double.MinValue),
        ];
        foreach (Unit unit in Enum.GetValues<Unit>())
        {
            yield return new ChartBlock { Title = text, Unit = unit, Series = [new(text, odd), new(text, [])], Limits = [new(text, double.NaN), new(text, double.MaxValue)], Markers = [new(text, TimeSpan.MinValue), new(text, TimeSpan.Zero), new(text, TimeSpan.MaxValue)] };
            yield return new ChartBlock { Title = text, Unit = unit, Series = [new(text, [new(TimeSpan.FromSeconds(3), 0)])] };
        }

        yield return new ChartBlock { Title = text, Unit = Unit.Count, Series = [new(text, [])] };
        yield return new ChartBlock { Title = text, Unit = Unit.Count };
    }
}
