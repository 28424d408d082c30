namespace PerfKit.Reporting;

/// <summary>
/// A row for each bar: name, track, duration. The names are text of the page and the tracks are drawings with relative
/// coordinates, so that nothing collides and the whole fits any width.
/// </summary>
internal static class HtmlTimeline
{
    /// <summary>A bar narrower than this, in percent of the axis, would not be seen.</summary>
    private const double NarrowestBar = 0.35;

    public static void Write(HtmlOutput html, TimelineBlock block)
    {
        var view = TimelineView.Create(block, RenderLimits.HtmlTimelineBars);
        string title = html.NewId("timeline-");
        html.Write($"<figure class=\"block timeline\" aria-labelledby=\"{title}\">\n<figcaption id=\"{title}\"><h3><bdi>{block.Title}</bdi></h3><span class=\"total\">{Quantity.Of(view.Total)} in total</span></figcaption>");
        if (view.Rows.Count == 0)
        {
            html.Write($"<p class=\"empty\">No bars.</p>\n</figure>");
            return;
        }

        WriteLegend(html, view);
        AxisScale axis = AxisScale.ForTime(0, view.Total.TotalSeconds, 6);
        double grid = view.Total > TimeSpan.Zero ? axis.Step / view.Total.TotalSeconds * 100 : 100;
        int time = Math.Max(9, view.Rows.Max(row => Quantity.Of(row.Duration).Format().Length));
        html.Write($"<div class=\"tl\" style=\"--grid-step:{grid}%;--time:{time}ch\">");
        WriteAxis(html, axis, view);
        html.Write($"<ol class=\"tl-rows\">");
        foreach (TimelineRow row in view.Rows)
        {
            WriteRow(html, row, view);
        }

        html.Write($"</ol>\n</div>");
        if (view.Folded > 0)
        {
            html.Write($"<p class=\"more\">{view.Folded} shorter bars are folded together; the JSON form of this report has every one.</p>");
        }

        html.Write($"</figure>");
    }

    private static void WriteLegend(HtmlOutput html, TimelineView view)
    {
        html.Write($"<ul class=\"legend\" aria-label=\"Colors\">");
        foreach (TimelineBarKind kind in view.Rows.Select(row => row.Bar?.Kind).OfType<TimelineBarKind>().Distinct().Order())
        {
            html.Write($"<li><svg width=\"12\" height=\"12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" rx=\"3\" class=\"bar k-{kind}\"/></svg>{kind.ToString()}</li>");
        }

        html.Write($"</ul>");
    }

    private static void WriteAxis(HtmlOutput html, AxisScale axis, TimelineView view)
    {
        html.Write($"<div class=\"tl-axis\" aria-hidden=\"true\"><span></span><svg class=\"axis\" width=\"100%\" height=\"18\">");
        if (view.Total > TimeSpan.Zero)
        {
            foreach (double tick in axis.Ticks)
            {
                double at = axis.Position(tick) * 100;

                // A label at an edge would run over it: it begins or ends at its tick instead of standing across it.
                string anchor = at < 4 ? "start" : at > 97 ? "end" : "middle";
                html.Write($"<text x=\"{at}%\" y=\"12\" text-anchor=\"{anchor}\">{axis.Label(tick)}</text>");
            }
        }

        html.Write($"</svg><span></span></div>");
    }

    private static void WriteRow(HtmlOutput html, TimelineRow row, TimelineView view)
    {
        string kind = row.Bar?.Kind.ToString() ?? "Folded";
        string duration = Quantity.Of(row.Duration).Format();
        string note = row.Bar?.Note is { Length: > 0 } text ? ". " + text : "";
        string description = $"{row.Label}: {kind.ToLowerInvariant()}, from {Quantity.Of(row.Start)} to {Quantity.Of(row.End)}, {duration}{note}";
        html.Write($"""
            <li class="tl-row" style="--depth:{Math.Min(row.Depth, 12)}">
            <div class="tl-name"><bdi class="name">{row.Label}</bdi>
            """);
        if (row.Bar is { Note.Length: > 0 } bar)
        {
            html.Write($"<bdi class=\"note{(bar.Kind == TimelineBarKind.Failed ? " bad" : "")}\">{bar.Note}</bdi>");
        }

        double x = view.Position(row.Start) * 100;
        double width = Math.Max((view.Position(row.End) * 100) - x, NarrowestBar);
        html.Write($"""
            </div>
            <svg class="track" width="100%" height="24" role="img" tabindex="0" aria-label="{description}"><title>{description}</title><rect class="bar k-{kind.ToLowerInvariant()}" x="{Math.Min(x, 100 - width)}%" y="6" width="{width}%" height="12" rx="3"/>
            """);
        foreach (TimelineMarker marker in (row.Bar?.Markers ?? []).Take(RenderLimits.Markers))
        {
            double at = view.Position(marker.At) * 100;
            html.Write($"<g class=\"marker\"><title>{marker.Label} at {Quantity.Of(marker.At)}</title><line x1=\"{at}%\" x2=\"{at}%\" y1=\"2\" y2=\"22\"/><circle cx=\"{at}%\" cy=\"3\" r=\"3\"/></g>");
        }

        html.Write($"</svg>\n<div class=\"tl-time\">{duration}</div>\n</li>");
    }
}
