namespace PerfKit.Reporting;

/// <summary>A chain as lines of text: own time, beginning, share, and the names as a tree that grows from the end.</summary>
internal static class ChainText
{
    /// <summary>The tree grows to this depth, then straight on: a chain has no branches that would need more.</summary>
    private const int Deepest = 12;

    public static IEnumerable<(string Figures, string Tree, string Name)> Lines(ChainBlock block, ChainView view)
    {
        string[][] figures =
        [
            ["", $"@{Quantity.Of(block.EndAt)}", ""],
            .. view.Rows.Select(row => new[] { $"+{Quantity.Of(row.Duration)}", row.Start is null ? "" : $"@{Quantity.Of(row.Start)}", new Quantity(row.Share * 100, Unit.Percent).Format() }),
        ];
        int[] widths = [.. Enumerable.Range(0, 3).Select(i => figures.Max(line => line[i].Length))];
        for (int i = 0; i < figures.Length; i++)
        {
            string tree = i == 0 || view.Rows[i - 1].Start is null ? "" : new string(' ', 2 * Math.Min(i - 1, Deepest)) + "└─ ";
            yield return (string.Join("  ", figures[i].Select((figure, column) => figure.PadLeft(widths[column]))), tree, i == 0 ? block.End : view.Rows[i - 1].Label);
        }
    }
}
