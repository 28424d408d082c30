using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>A line of a chain: a link, or all that are too short to be told one by one.</summary>
/// <param name="Label">The name, or how many they are.</param>
/// <param name="Start">When it began; <see langword="null"/> for several.</param>
/// <param name="Duration">How long it took; links do not overlap, so several have a sum.</param>
/// <param name="Share">Of the whole chain, 0 to 1.</param>
internal sealed record ChainRow(string Label, TimeSpan? Start, TimeSpan Duration, double Share);

/// <summary>
/// A chain in lines, its end first. Links that are too many, or too short to matter, share the last line: so the chain can be
/// read, and still adds up.
/// </summary>
internal sealed record ChainView(IReadOnlyList<ChainRow> Rows)
{
    /// <summary>Of the whole chain; what is shorter only hides the rest.</summary>
    private const double Shortest = 0.001;

    public static ChainView Create(ChainBlock block, int maximumLinks)
    {
        TimelineLink[] links = [.. block.Links.Select(link => link with { Start = TimelineTree.Clamp(link.Start), Duration = TimelineTree.Clamp(link.Duration) })];
        double total = Math.Max(1, links.Sum(link => (double)link.Duration.Ticks));
        HashSet<TimelineLink> told = [.. links.Where(link => link.Duration.Ticks >= total * Shortest).OrderByDescending(link => link.Duration).Take(maximumLinks)];
        List<ChainRow> rows = [.. links.Where(told.Contains).Reverse().Select(link => new ChainRow(link.Label, link.Start, link.Duration, link.Duration.Ticks / total))];
        TimelineLink[] others = [.. links.Where(link => !told.Contains(link))];
        if (others.Length > 0)
        {
            TimeSpan sum = others.Aggregate(TimeSpan.Zero, (sum, link) => TimelineTree.Add(sum, link.Duration));
            string label = string.Create(CultureInfo.InvariantCulture, $"and {new Quantity(others.Length, Unit.Count)} shorter {(others.Length == 1 ? "link" : "links")} in between");
            rows.Add(new ChainRow(label, null, sum, sum.Ticks / total));
        }

        return new ChainView(rows);
    }
}
