namespace PerfKit.Reporting;

/// <summary>
/// Lines over time. The axes are text of the page around a drawing that stretches, so that letters and strokes keep their
/// size at every width.
/// </summary>
internal static class HtmlChart
{
    /// <summary>A limit further up than this many times the highest figure would flatten the lines; it is named instead of drawn.</summary>
    private const double HighestLimit = 4;

    public static void Write(HtmlOutput html, ChartBlock block)
    {
        var frame = ChartFrame.Create(block, RenderLimits.HtmlChartColumns);
        string title = html.NewId("chart-");
        html.Write($"<figure class=\"block chart\" aria-labelledby=\"{title}\">\n<figcaption id=\"{title}\"><h3><bdi>{block.Title}</bdi></h3></figcaption>");
        if (frame.IsEmpty)
        {
            html.Write($"<p class=\"empty\">No figures.</p>\n</figure>");
            return;
        }

        double lowest = frame.Lines.Min(line => line.Columns.Where(column => column.Count > 0).Select(column => column.Minimum).DefaultIfEmpty(0).Min());
        double highest = frame.Lines.Max(line => line.Columns.Where(column => column.Count > 0).Select(column => column.Maximum).DefaultIfEmpty(0).Max());
        ChartLimit[] known = [.. block.Limits.Where(limit => double.IsFinite(limit.Value))];
        ChartLimit[] drawn = [.. known.Where(limit => Math.Abs(limit.Value) <= Math.Max(highest, -lowest) * HighestLimit || highest <= 0)];
        AxisScale values = AxisScale.ForValues(
            drawn.Select(limit => limit.Value).Append(lowest).Min(), drawn.Select(limit => limit.Value).Append(highest).Max(), block.Unit);
        WriteLegend(html, frame, block, known, drawn);
        WritePlot(html, block, frame, values, drawn);
        html.Write($"</figure>");
    }

    private static void WriteLegend(HtmlOutput html, ChartFrame frame, ChartBlock block, ChartLimit[] known, ChartLimit[] drawn)
    {
        html.Write($"<ul class=\"legend series\">");
        for (int i = 0; i < frame.Lines.Count; i++)
        {
            ChartLine line = frame.Lines[i];
            html.Write($"""
                <li><svg width="18" height="12" aria-hidden="true"><line x1="1" x2="17" y1="6" y2="6" class="line c-{i % HtmlChartLines.Colors}"/></svg><bdi>{line.Label}</bdi><span class="stats">min <b>{new Quantity(line.Minimum, block.Unit)}</b> median <b>{new Quantity(line.Median, block.Unit)}</b> max <b>{new Quantity(line.Maximum, block.Unit)}</b></span></li>
                """);
        }

        foreach (ChartLimit limit in known)
        {
            string where = drawn.Contains(limit) ? "" : ", beyond this chart";
            html.Write($"""
                <li><svg width="18" height="12" aria-hidden="true"><line x1="1" x2="17" y1="6" y2="6" class="limit tone-{limit.Tone}"/></svg><bdi>{limit.Label}</bdi><span class="stats"><b>{new Quantity(limit.Value, block.Unit)}</b>{where}</span></li>
                """);
        }

        // What a marker says must not need a mouse.
        foreach (TimelineMarker marker in MarkersWithin(block, frame))
        {
            html.Write($"""
                <li><svg width="18" height="12" aria-hidden="true" class="marker"><line x1="9" x2="9" y1="0" y2="12"/><circle cx="9" cy="4" r="4"/></svg><bdi>{marker.Label}</bdi></li>
                """);
        }

        html.Write($"</ul>");
    }

    private static IEnumerable<TimelineMarker> MarkersWithin(ChartBlock block, ChartFrame frame) =>
        block.Markers.Where(marker => marker.At >= frame.Start && marker.At <= frame.End).Take(RenderLimits.ChartMarkers);

    private static void WritePlot(HtmlOutput html, ChartBlock block, ChartFrame frame, AxisScale values, ChartLimit[] limits)
    {
        html.Write($"<div class=\"plot\">\n<div class=\"y-axis\" aria-hidden=\"true\"><span class=\"sizer\">{LongestLabel(values)}</span>");
        foreach (double tick in values.Ticks)
        {
            html.Write($"<span class=\"tick\" style=\"top:{Top(values, tick)}%\">{values.Label(tick)}</span>");
        }

        html.Write($"</div>\n<svg class=\"canvas\" width=\"100%\" height=\"200\" role=\"img\" tabindex=\"0\" aria-label=\"{Description(block, frame)}\">");
        foreach (double tick in values.Ticks)
        {
            html.Write($"<line class=\"{(tick == 0 ? "base" : "grid")}\" x1=\"0\" x2=\"100%\" y1=\"{Top(values, tick)}%\" y2=\"{Top(values, tick)}%\"/>");
        }

        foreach (ChartLimit limit in limits)
        {
            double top = Top(values, limit.Value);
            html.Write($"<g class=\"limit tone-{limit.Tone}\"><title>{limit.Label}: {new Quantity(limit.Value, block.Unit)}</title><line x1=\"0\" x2=\"100%\" y1=\"{top}%\" y2=\"{top}%\"/></g>");
        }

        foreach (TimelineMarker marker in MarkersWithin(block, frame))
        {
            double at = frame.Position(marker.At.TotalSeconds) * 100;
            html.Write($"<g class=\"marker\"><title>{marker.Label}</title><line x1=\"{at}%\" x2=\"{at}%\" y1=\"0\" y2=\"100%\"/><circle cx=\"{at}%\" cy=\"4\" r=\"4\"/></g>");
        }

        HtmlChartLines.Write(html, frame, values);
        HtmlChartReadings.Write(html, block, frame, values);
        html.Write($"</svg>\n<span></span>");
        WriteTimeAxis(html, frame);
        html.Write($"</div>");
    }

    private static void WriteTimeAxis(HtmlOutput html, ChartFrame frame)
    {
        html.Write($"<svg class=\"axis\" width=\"100%\" height=\"20\" aria-hidden=\"true\">");
        if (frame.End == frame.Start)
        {
            html.Write($"<text x=\"50%\" y=\"14\" text-anchor=\"middle\">{Quantity.Of(frame.Start)}</text>");
        }
        else
        {
            AxisScale axis = AxisScale.ForTime(frame.Start.TotalSeconds, frame.End.TotalSeconds, 6);
            foreach (double tick in axis.Ticks)
            {
                double at = axis.Position(tick) * 100;
                string anchor = at < 4 ? "start" : at > 97 ? "end" : "middle";
                html.Write($"<text x=\"{at}%\" y=\"14\" text-anchor=\"{anchor}\">{axis.Label(tick)}</text>");
            }
        }

        html.Write($"</svg>");
    }

    private static string LongestLabel(AxisScale values) => values.Ticks.Select(values.Label).DefaultIfEmpty("").MaxBy(label => label.Length)!;

    private static double Top(AxisScale values, double value) => (1 - values.Position(value)) * 100;

    private static string Description(ChartBlock block, ChartFrame frame) =>
        $"{block.Title}, {Quantity.Of(frame.Start)} to {Quantity.Of(frame.End)}. " + string.Join(". ", frame.Lines.Select(line =>
            $"{line.Label}: lowest {new Quantity(line.Minimum, block.Unit)}, median {new Quantity(line.Median, block.Unit)}, highest {new Quantity(line.Maximum, block.Unit)}"));
}
