namespace PerfKit.Reporting;

/// <summary>Evidence as a table, with a small bar of the measured figure against its limit.</summary>
internal static class HtmlEvidence
{
    public static void Write(HtmlOutput html, IReadOnlyList<FindingEvidence> evidence, string of)
    {
        if (evidence.Count == 0)
        {
            return;
        }

        var columns = new Columns(
            evidence.Any(item => item.Limit is not null),
            evidence.Any(item => item.Window is not null),
            evidence.Any(item => !string.IsNullOrEmpty(item.Source)));
        html.Write($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Evidence: {of}\">\n<table class=\"data evidence\">\n<thead><tr><th scope=\"col\">Evidence</th><th scope=\"col\" class=\"to-right\">Measured</th>");
        if (columns.Limits)
        {
            html.Write($"<th scope=\"col\" class=\"to-right\">Limit</th><th scope=\"col\">Against the limit</th>");
        }

        if (columns.Windows)
        {
            html.Write($"<th scope=\"col\" class=\"to-right\">Window</th>");
        }

        if (columns.Sources)
        {
            html.Write($"<th scope=\"col\">Source</th>");
        }

        html.Write($"</tr></thead>\n<tbody>");
        foreach (FindingEvidence item in evidence)
        {
            WriteRow(html, item, columns);
        }

        html.Write($"</tbody>\n</table>\n</div>");
    }

    private static void WriteRow(HtmlOutput html, FindingEvidence item, Columns columns)
    {
        html.Write($"<tr><th scope=\"row\"><bdi>{item.Label}</bdi></th><td class=\"to-right figure strong\">{item.Measured}</td>");
        if (columns.Limits)
        {
            html.Write($"<td class=\"to-right figure\" data-word=\"limit\">{item.Limit?.Format()}</td><td class=\"against\">");
            WriteBar(html, item);
            html.Write($"</td>");
        }

        if (columns.Windows)
        {
            html.Write($"<td class=\"to-right figure\" data-word=\"over\">{(item.Window is null ? "" : Quantity.Of(item.Window).Format())}</td>");
        }

        if (columns.Sources)
        {
            html.Write($"<td class=\"source\" data-word=\"from\"><bdi>{item.Source}</bdi></td>");
        }

        html.Write($"</tr>");
    }

    private static void WriteBar(HtmlOutput html, FindingEvidence item)
    {
        if (ReportOrder.TimesLimit(item) is not { } ratio)
        {
            return;
        }

        // The scale ends a little beyond the longer of the two, so that both ends can be seen.
        double scale = 100 / (Math.Max(ratio, 1) * 1.08);
        double limit = scale;
        double measured = Math.Max(ratio * scale, 1);
        string text = ReportOrder.TimesLimitText(item)!;
        html.Write($"""
            <span class="meter"><svg width="96" height="14" role="img" aria-label="{text}"><title>{text}</title><rect class="rail" width="100%" y="4" height="6" rx="3"/><rect class="{(ratio > 1 ? "over" : "under")}" width="{measured}%" y="4" height="6" rx="3"/><line class="mark" x1="{limit}%" x2="{limit}%" y1="0" y2="14"/></svg><span class="times">{new Quantity(ratio, Unit.None)}×</span></span>
            """);
    }

    /// <summary>Which columns have anything to show.</summary>
    private readonly record struct Columns(bool Limits, bool Windows, bool Sources);
}
