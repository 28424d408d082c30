using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>A line of a chain: a link, or neighbors too short to be told one by one.</summary>
/// <param name="Label">The name, or how many they are.</param>
/// <param name="Start">When it began.</param>
/// <param name="Duration">How long it took; links do not overlap, so several have a sum.</param>
/// <param name="Share">Of the whole chain, 0 to 1.</param>
/// <param name="Count">How many links.</param>
internal sealed record ChainRow(string Label, TimeSpan Start, TimeSpan Duration, double Share, int Count);

/// <summary>A chain in lines, its end first. Of too many links the longest keep a line each; the others share one with their neighbors.</summary>
internal sealed record ChainView(IReadOnlyList<ChainRow> Rows)
{
    public static ChainView Create(ChainBlock block, int maximumLinks)
    {
        TimelineLink[] links = [.. block.Links.Select(link => link with { Start = TimelineTree.Clamp(link.Start), Duration = TimelineTree.Clamp(link.Duration) })];
        double total = Math.Max(1, links.Sum(link => (double)link.Duration.Ticks));
        HashSet<int> shown = [.. Enumerable.Range(0, links.Length).OrderByDescending(i => links[i].Duration).Take(maximumLinks)];
        var rows = new List<ChainRow>();
        for (int i = 0; i < links.Length;)
        {
            int from = i++;
            TimeSpan duration = links[from].Duration;
            while (!shown.Contains(from) && i < links.Length && !shown.Contains(i))
            {
                duration = TimelineTree.Add(duration, links[i++].Duration);
            }

            string label = i - from == 1 ? links[from].Label
                : string.Create(CultureInfo.InvariantCulture, $"… {new Quantity(i - from, Unit.Count)} shorter links");
            rows.Add(new ChainRow(label, links[from].Start, duration, duration.Ticks / total, i - from));
        }

        rows.Reverse();
        return new ChainView(rows);
    }
}
