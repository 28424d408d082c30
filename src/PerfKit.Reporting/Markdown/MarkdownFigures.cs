using System.Globalization;
using System.Text;

namespace PerfKit.Reporting;

/// <summary>Tables, timelines and charts in Markdown.</summary>
internal static class MarkdownFigures
{
    private const int TrackWidth = 40;
    private const int NameWidth = 36;
    private const int SparklineWidth = 60;

    public static void Write(MarkdownOutput markdown, TableBlock block)
    {
        markdown.Paragraph($"### {MarkdownText.Escape(block.Title)}");
        if (block.Rows.Count == 0 || block.Columns.Count == 0)
        {
            markdown.Paragraph("*No rows.*");
            return;
        }

        markdown.Table(
            [.. block.Columns.Select(column => (MarkdownText.Escape(column.Name), column.Alignment))],
            block.Rows.Take(RenderLimits.TextTableRows).Select(row => Enumerable.Range(0, block.Columns.Count)
                .Select(i => i < row.Cells.Count ? MarkdownText.Escape(row.Cells[i].ToString()) : "").ToArray()));
        if (block.Rows.Count > RenderLimits.TextTableRows)
        {
            markdown.Paragraph($"*… and {new Quantity(block.Rows.Count - RenderLimits.TextTableRows, Unit.Count)} more rows.*");
        }
    }

    public static void Write(MarkdownOutput markdown, TimelineBlock block)
    {
        var view = TimelineView.Create(block, RenderLimits.TextTimelineBars);
        markdown.Paragraph($"### {MarkdownText.Escape(block.Title)}");
        if (view.Rows.Count == 0)
        {
            markdown.Paragraph("*No bars.*");
            return;
        }

        int name = Math.Min(NameWidth, view.Rows.Max(row => Name(row).Length));
        var chart = new StringBuilder("```text\n");
        foreach (TimelineRow row in view.Rows)
        {
            string label = Name(row).PadRight(name);
            chart.Append(CultureInfo.InvariantCulture, $"{label}  {TimelineTrack.Draw(view, row, TrackWidth)}  {Quantity.Of(row.Duration).Format(),9}{Remark(row)}\n");
        }

        markdown.Paragraph(chart.Append("```").ToString());
        markdown.Paragraph($"*{Quantity.Of(view.Total)} in total.*");
    }

    public static void Write(MarkdownOutput markdown, ChainBlock block)
    {
        markdown.Paragraph($"### {MarkdownText.Escape(block.Title)}");
        var view = ChainView.Create(block, RenderLimits.ChainLinks);
        if (view.Rows.Count == 0)
        {
            markdown.Paragraph("*No links.*");
            return;
        }

        var chain = new StringBuilder("```text\n");
        foreach ((string figures, string tree, string name) in ChainText.Lines(block, view))
        {
            chain.Append(CultureInfo.InvariantCulture, $"{figures}  {tree}{MarkdownText.Code(TextOutput.Name(name))}\n");
        }

        markdown.Paragraph(chain.Append("```").ToString());
    }

    public static void Write(MarkdownOutput markdown, ChartBlock block)
    {
        markdown.Paragraph($"### {MarkdownText.Escape(block.Title)}");
        if (block.Series.Count == 0)
        {
            markdown.Paragraph("*No figures.*");
            return;
        }

        ChartFrame frame = ChartFrame.Create(block, SparklineWidth);
        markdown.Table(
            [("Series", ColumnAlignment.Left), ("Over time", ColumnAlignment.Left), ("Min", ColumnAlignment.Right), ("Median", ColumnAlignment.Right), ("Max", ColumnAlignment.Right)],
            frame.Lines.Select(line => new[]
            {
                MarkdownText.Escape(line.Label),
                line.Maximum is null ? "" : $"`{Sparkline.Draw(line)}`",
                new Quantity(line.Minimum, block.Unit).Format(),
                new Quantity(line.Median, block.Unit).Format(),
                new Quantity(line.Maximum, block.Unit).Format(),
            }));
        if (block.Limits.Count > 0)
        {
            markdown.Paragraph($"Limits: {string.Join(", ", block.Limits.Select(limit => $"{MarkdownText.Escape(limit.Label)} {new Quantity(limit.Value, block.Unit)}"))}.");
        }

        if (block.Markers.Count > 0)
        {
            markdown.Paragraph(string.Join(" ", block.Markers.Take(RenderLimits.ChartMarkers).Select(marker => $"▲ {Quantity.Of(marker.At)}: {MarkdownText.Escape(TextOutput.Name(marker.Label))}.")));
        }
    }

    private static string Name(TimelineRow row) =>
        new string(' ', Math.Min(row.Depth, 8) * 2) + MarkdownText.Code(TextOutput.Name(row.Label, NameWidth - (Math.Min(row.Depth, 8) * 2)));

    private static string Remark(TimelineRow row)
    {
        string kind = row.Bar?.Kind is { } known ? known.ToString().ToLowerInvariant() : "";
        string note = MarkdownText.Code(TextOutput.Name(row.Bar?.Note));
        return string.Concat(new[] { kind, note }.Where(part => part.Length > 0).Select((part, i) => (i == 0 ? "  " : ": ") + part));
    }
}
