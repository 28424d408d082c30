namespace PerfKit.Reporting;

/// <summary>
/// A row for each bar: name, track, duration. The names are text of the page and the tracks are drawings with relative
/// coordinates, so that nothing collides and the whole fits any width.
/// </summary>
internal static class HtmlTimelineRows
{
    /// <summary>A bar narrower than this, in percent of the axis, would not be seen.</summary>
    private const double NarrowestBar = 0.35;

    public static void Write(HtmlOutput html, TimelineView view, AxisScale axis, double grid, IReadOnlyDictionary<string, TimeSpan> onPath)
    {
        int time = Math.Max(9, view.Rows.Max(row => Quantity.Of(row.Duration).Format().Length));
        html.Write($"<div class=\"tl\" style=\"--grid-step:{grid}%;--time:{time}ch\">\n<div class=\"tl-axis\" aria-hidden=\"true\"><span></span>");
        WriteAxis(html, axis);
        html.Write($"<span></span></div>\n<ol class=\"tl-rows\">");
        foreach (TimelineRow row in view.Rows)
        {
            WriteRow(html, row, view, onPath);
        }

        html.Write($"</ol>\n</div>");
        if (view.Folded > 0)
        {
            html.Write($"<p class=\"more\">{view.Folded} shorter bars are folded together; the JSON form of this report has every one.</p>");
        }
    }

    public static void WriteAxis(HtmlOutput html, AxisScale axis)
    {
        html.Write($"<svg class=\"axis\" width=\"100%\" height=\"18\" aria-hidden=\"true\">");
        if (axis.Maximum > 0)
        {
            foreach (double tick in axis.Ticks)
            {
                double at = axis.Position(tick) * 100;

                // A label at an edge would run over it: it begins or ends at its tick instead of standing across it.
                string anchor = at < 4 ? "start" : at > 97 ? "end" : "middle";
                html.Write($"<text x=\"{at}%\" y=\"12\" text-anchor=\"{anchor}\">{axis.Label(tick)}</text>");
            }
        }

        html.Write($"</svg>");
    }

    private static void WriteRow(HtmlOutput html, TimelineRow row, TimelineView view, IReadOnlyDictionary<string, TimeSpan> onPath)
    {
        html.Write($"""
            <li class="tl-row" style="--depth:{Math.Min(row.Depth, 12)}">
            <div class="tl-name"><bdi class="name">{row.Label}</bdi>
            """);
        if (row.Bar is { Note.Length: > 0 } bar)
        {
            html.Write($"<bdi class=\"note{(bar.Kind == TimelineBarKind.Failed ? " bad" : "")}\">{bar.Note}</bdi>");
        }

        html.Write($"</div>\n<svg class=\"track\" width=\"100%\" height=\"24\" role=\"img\"{HtmlTimelineLanes.Mix(row.Bar)}><title>{Describe(row, onPath)}</title>");
        WriteBar(html, row, view);
        foreach (TimelineMarker marker in (row.Bar?.Markers ?? []).Take(RenderLimits.HtmlMarkers))
        {
            double at = view.Position(marker.At) * 100;
            html.Write($"<g class=\"marker\"><title>{marker.Label} at {Quantity.Of(marker.At)}</title><line x1=\"{at}%\" x2=\"{at}%\" y1=\"2\" y2=\"22\"/><circle cx=\"{at}%\" cy=\"3\" r=\"3\"/></g>");
        }

        html.Write($"</svg>\n<div class=\"tl-time\">{Quantity.Of(row.Duration)}</div>\n</li>");
    }

    private static void WriteBar(HtmlOutput html, TimelineRow row, TimelineView view)
    {
        double x = view.Position(row.Start) * 100;
        double width = (view.Position(row.End) * 100) - x;
        IReadOnlyList<TimelinePart> parts = row.Bar is null || width < NarrowestBar ? [] : TimelineText.Parts(row.Bar);
        if (parts.Count == 0)
        {
            width = Math.Max(width, NarrowestBar);
            string kind = row.Bar?.Kind.ToString().ToLowerInvariant() ?? "folded";
            html.Write($"<rect class=\"bar k-{kind}\" x=\"{Math.Min(x, 100 - width)}%\" y=\"6\" width=\"{width}%\" height=\"12\" rx=\"3\"/>");
            return;
        }

        // Parts that together are longer than the bar, which no clock rules out, share its length.
        double whole = Math.Max(row.Duration.Ticks, parts.Sum(part => (double)part.Duration.Ticks));
        foreach (TimelinePart part in parts)
        {
            double length = part.Duration.Ticks / whole * width;
            html.Write($"<rect class=\"bar m-{part.Kind}\" x=\"{x}%\" y=\"6\" width=\"{length}%\" height=\"12\"/>");
            x += length;
        }
    }

    private static string Describe(TimelineRow row, IReadOnlyDictionary<string, TimeSpan> onPath) => string.Join('\n', row.Bar is { } bar
        ? TimelineText.Of(bar, onPath)
        : [row.Label, $"{Quantity.Of(row.Start)} to {Quantity.Of(row.End)}"]);
}
