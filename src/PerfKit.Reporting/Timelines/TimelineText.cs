using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>What there is to say about a mark or a stretch of a timeline, a line each.</summary>
internal static class TimelineText
{
    private const int MostNames = 5;
    private const int MostNameLength = 40;

    public static IEnumerable<string> Of(TimelineMark mark, IReadOnlyDictionary<string, TimeSpan> onPath) =>
        mark.Bars.Count == 1 ? Of(mark.Bars[0], onPath) : OfSeveral(mark, onPath);

    public static IEnumerable<string> Of(TimelineStretch stretch, TimeSpan total)
    {
        TimeSpan length = stretch.End - stretch.Start;
        yield return stretch.Links.Count == 1 ? stretch.Links[0].Label : $"{Count(stretch.Links.Count)} short links";
        yield return $"waited for from {Quantity.Of(stretch.Start)} to {Quantity.Of(stretch.End)}: {Quantity.Of(length)}{Share(length, total)}";
        if (stretch.Links.Count > 1)
        {
            yield return Longest(stretch.Links.Select(link => (link.Label, link.Duration)));
        }
    }

    public static string Label(TimelineMark mark) =>
        mark.Bars.Count == 1 ? mark.Bars[0].Label
            : $"{TextOutput.Name(mark.Bars.MaxBy(bar => bar.Duration)!.Label, MostNameLength)} + {Count(mark.Bars.Count - 1)}";

    /// <summary>The parts of a bar with their share of it, and what is left as a part of its own.</summary>
    public static IReadOnlyList<TimelinePart> Parts(TimelineBar bar)
    {
        if (bar.Parts is not { Count: > 0 } known)
        {
            return [];
        }

        TimelinePart[] parts = [.. known.Where(part => part.Duration > TimeSpan.Zero)];
        TimeSpan rest = parts.Aggregate(bar.Duration, (left, part) => TimelineTree.Clamp(left - part.Duration));
        return rest > bar.Duration * 0.005 ? [.. parts, new TimelinePart(TimelinePartKind.Other, "not known", rest)] : parts;
    }

    public static string Of(TimelinePart part, TimeSpan whole) => $"{part.Label} {Quantity.Of(part.Duration)}{Share(part.Duration, whole)}";

    public static string Of(ReportFact fact) => fact.Note is { Length: > 0 } note ? $"{fact.Label} {fact.Value} ({note})" : $"{fact.Label} {fact.Value}";

    public static IEnumerable<string> Of(TimelineBar bar, IReadOnlyDictionary<string, TimeSpan> onPath)
    {
        yield return bar.Label;
        yield return $"{bar.Kind.ToString().ToLowerInvariant()}, {Quantity.Of(bar.Start)} to {Quantity.Of(TimelineTree.Add(bar.Start, bar.Duration))}: {Quantity.Of(bar.Duration)}";
        foreach (TimelinePart part in Parts(bar))
        {
            yield return Of(part, bar.Duration);
        }

        if (onPath.TryGetValue(bar.Id, out TimeSpan waited))
        {
            yield return $"on the critical path for {Quantity.Of(waited)}";
        }

        foreach (ReportFact fact in bar.Facts ?? [])
        {
            yield return Of(fact);
        }

        if (!string.IsNullOrEmpty(bar.Note))
        {
            yield return bar.Note;
        }
    }

    private static IEnumerable<string> OfSeveral(TimelineMark mark, IReadOnlyDictionary<string, TimeSpan> onPath)
    {
        yield return $"{Count(mark.Bars.Count)} bars, too narrow or too many to be seen apart";
        yield return $"{Quantity.Of(mark.Start)} to {Quantity.Of(mark.End)}, covering {Quantity.Of(mark.Covered)} of it";
        yield return Longest(mark.Bars.Select(bar => (bar.Label, bar.Duration)));
        string[] kinds = [.. mark.Bars.GroupBy(bar => bar.Kind).OrderByDescending(kind => kind.Key)
            .Where(kind => kind.Key is TimelineBarKind.Failed or TimelineBarKind.Unfinished)
            .Select(kind => $"{Count(kind.Count())} {kind.Key.ToString().ToLowerInvariant()}")];
        if (kinds.Length > 0)
        {
            yield return string.Join(", ", kinds);
        }

        TimeSpan waited = mark.Bars.Aggregate(TimeSpan.Zero, (sum, bar) => TimelineTree.Add(sum, onPath.GetValueOrDefault(bar.Id)));
        if (waited > TimeSpan.Zero)
        {
            yield return $"on the critical path for {Quantity.Of(waited)}";
        }
    }

    private static string Longest(IEnumerable<(string Label, TimeSpan Duration)> all) =>
        "longest: " + string.Join(", ", all.OrderByDescending(one => one.Duration).Take(MostNames).Select(one => $"{TextOutput.Name(one.Label, MostNameLength)} {Quantity.Of(one.Duration)}"));

    private static string Count(int count) => new Quantity(count, Unit.Count).Format();

    private static string Share(TimeSpan part, TimeSpan whole) =>
        whole > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $" ({new Quantity(part / whole * 100, Unit.Percent)})") : "";
}
