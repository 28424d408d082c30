using FsCheck;

namespace PerfKit.Reporting.Tests;

/// <summary>Documents of any shape, with any figures, for properties.</summary>
internal static class DocumentGenerator
{
    private static readonly Gen<string> Text = Gen.Elements(
        "", "orders", "a b", "<script>", "\"quoted\" 'single' \\ /", "ünï¢ødé 🚀", "line\nbreak\ttab", "שלום", "\u0001\u2028", new string('x', 300));

    private static readonly Gen<string?> MaybeText = Gen.OneOf(Text.Select(text => (string?)text), Gen.Constant((string?)null));

    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Elements(0, -0.0, 1, 0.1, -1.5, 1e-300, double.MaxValue, double.MinValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity),
        Arb.Default.NormalFloat().Generator.Select(number => number.Get));

    private static readonly Gen<double?> MaybeNumber = Gen.OneOf(Number.Select(number => (double?)number), Gen.Constant((double?)null));

    private static readonly Gen<TimeSpan> Span = Gen.OneOf(
        Gen.Elements(TimeSpan.Zero, TimeSpan.MinValue, TimeSpan.MaxValue), Arb.Default.Int32().Generator.Select(number => TimeSpan.FromTicks(number * 12_345L)));

    private static readonly Gen<Quantity> Figure =
        from value in MaybeNumber
        from unit in Name<Unit>()
        select new Quantity(value, unit);

    private static readonly Gen<Quantity?> MaybeFigure = Gen.OneOf(Figure.Select(figure => (Quantity?)figure), Gen.Constant((Quantity?)null));

    private static readonly Gen<ReportFact> Fact =
        from label in Text
        from figure in Figure
        from note in MaybeText
        from tone in Name<FactTone>()
        select new ReportFact(label, figure, note, tone);

    private static readonly Gen<TableCell> Cell =
        from text in MaybeText
        from figure in MaybeFigure
        select new TableCell { Text = text, Quantity = figure };

    private static readonly Gen<FindingEvidence> Evidence =
        from label in Text
        from measured in Figure
        from limit in MaybeFigure
        from window in Gen.OneOf(Span.Select(span => (TimeSpan?)span), Gen.Constant((TimeSpan?)null))
        from source in MaybeText
        select new FindingEvidence(label, measured, limit, window, source);

    private static readonly Gen<TimelineLink> Link =
        from id in Gen.Elements("a", "b", "c", "gone", null)
        from label in Text
        from start in Span
        from duration in Span
        select new TimelineLink(label, start, duration, id);

    private static readonly Gen<TimelinePart> Part =
        from kind in Name<TimelinePartKind>()
        from label in Text
        from duration in Span
        select new TimelinePart(kind, label, duration);

    private static readonly Gen<TimelineBar> Bar =
        from id in Gen.Elements("a", "b", "c", "d", "e")
        from parent in Gen.Elements("a", "b", "c", "d", "gone", null)
        from label in Text
        from start in Span
        from duration in Span
        from kind in Name<TimelineBarKind>()
        from note in MaybeText
        from at in Span
        from parts in List(Part)
        from facts in List(Fact)
        select new TimelineBar
        {
            Parts = at < TimeSpan.Zero ? null : parts, Facts = facts.Count == 0 ? null : facts,
            Id = id, ParentId = parent, Label = label, Start = start, Duration = duration, Kind = kind, Note = note,
            Markers = note is null ? null : [new(label, at)],
        };

    private static readonly Gen<Finding> AFinding =
        from text in Text
        from service in MaybeText
        from severity in Name<FindingSeverity>()
        from impact in Number
        from evidence in List(Evidence)
        select new Finding { RuleId = text, Title = text, Service = service, Severity = severity, Impact = impact, Description = text, Evidence = evidence, HelpLink = service };

    private static readonly Gen<Advice> AnAdvice =
        from text in Text
        from service in MaybeText
        from actions in List(Text)
        from effort in Name<AdviceEffort>()
        from priority in Name<AdvicePriority>()
        from saving in MaybeFigure
        from most in Arb.Default.Bool().Generator
        from evidence in List(Evidence)
        select new Advice { RuleId = text, Service = service, Title = text, Actions = actions, Effort = effort, Priority = priority, PredictedSaving = saving, SavingOf = service, SavingIsUpperBound = most, Basis = text, Verify = text, Evidence = evidence };

    private static readonly Gen<ReportBlock> Block = Gen.OneOf(
        Text.Select(text => (ReportBlock)new ParagraphBlock(text)),
        from text in Text from tone in Name<FactTone>() select (ReportBlock)new NoticeBlock(text, tone),
        from text in Text
        from alignment in Name<ColumnAlignment>()
        from rows in List(List(Cell))
        select (ReportBlock)new TableBlock { Title = text, Columns = [new(text, alignment), new("figure")], Rows = [.. rows.Select(cells => new TableRow(cells))] },
        from text in Text
        from total in Span
        from bars in List(Bar)
        from path in List(Link)
        from markers in List(from label in Text from at in Span select new TimelineMarker(label, at))
        select (ReportBlock)new TimelineBlock { Title = text, Total = total, Bars = bars, CriticalPath = path, Markers = markers },
        from text in Text
        from at in Span
        from links in List(Link)
        select (ReportBlock)new ChainBlock { Title = text, End = text, EndAt = at, Links = links },
        from text in Text
        from unit in Name<Unit>()
        from points in List(from at in Span from value in MaybeNumber select new ChartPoint(at, value))
        from limit in Number
        from tone in Name<FactTone>()
        select (ReportBlock)new ChartBlock { Title = text, Unit = unit, Series = [new(text, points)], Limits = [new(text, limit, tone)], Markers = [new(text, TimeSpan.FromSeconds(2))] },
        from text in Text from findings in List(AFinding) select (ReportBlock)new FindingsBlock { Title = text, Findings = findings },
        from text in Text from items in List(AnAdvice) select (ReportBlock)new AdviceBlock { Title = text, Items = items });

    public static readonly Arbitrary<ReportDocument> Documents = Arb.From(
        from title in Text
        from subtitle in MaybeText
        from ticks in Gen.Choose(0, int.MaxValue)
        from offset in Gen.Choose(-840, 840)
        from facts in List(Fact)
        from sections in List(from heading in Text from summary in MaybeText from blocks in List(Block) select new ReportSection { Title = heading, Summary = summary, Blocks = blocks })
        select new ReportDocument
        {
            Title = title,
            Subtitle = subtitle,
            CreatedAt = new DateTimeOffset(600_000_000_000_000_000 + (ticks * 10_007L), TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(offset)),
            Facts = facts,
            Sections = sections,
        });

    private static Gen<T> Name<T>()
        where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

    private static Gen<IReadOnlyList<T>> List<T>(Gen<T> item) =>
        from count in Gen.Choose(0, 4)
        from items in Gen.ArrayOf(count, item)
        select (IReadOnlyList<T>)items;
}
