using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>
/// One HTML file that opens from disk: no network, no storage, complete without its script. What each block looks like is
/// in the file of that block; this one is the page around them.
/// </summary>
internal sealed class HtmlReportRenderer : IReportRenderer
{
    // Nothing may be fetched: the style and the script are in the page, and so a leaked name cannot call home.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    public string MediaType => "text/html";

    public string FileExtension => ".html";

    public void Render(ReportDocument document, TextWriter output)
    {
        var html = new HtmlOutput(output);
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="PerfKit">
            <title>{document.Title}</title>
            <style>
            """);
        html.WriteResource(HtmlResources.Style);
        html.Write($"</style>\n</head>\n<body>");
        WriteTop(html, document);
        WriteContents(html, document);
        html.Write($"<main id=\"top\">");
        HtmlFacts.Write(html, document.Facts);
        for (int i = 0; i < document.Sections.Count; i++)
        {
            WriteSection(html, document.Sections[i], i + 1);
        }

        if (document.Sections.Count == 0)
        {
            html.Write($"<p class=\"empty\">This report has no sections.</p>");
        }

        html.Write($"</main>\n</div>\n<footer class=\"page-foot\">Made by PerfKit. Nothing in this file is loaded from elsewhere.</footer>\n<script>");
        html.WriteResource(HtmlResources.Script);
        html.Write($"</script>\n</body>\n</html>");
    }

    private static void WriteTop(HtmlOutput html, ReportDocument document)
    {
        string created = document.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        string shown = document.CreatedAt.ToString("d MMMM yyyy, HH:mm:ss zzz", CultureInfo.InvariantCulture);
        html.Write($"""
            <a class="skip" href="#top">Skip to the report</a>
            <header class="page-head">
            <div class="page-head-in">
            <p class="brand"><svg class="glyph" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><rect x="1" y="2" width="9" height="3.4" rx="1.7"/><rect x="5" y="7.3" width="12" height="3.4" rx="1.7"/><rect x="8" y="12.6" width="5" height="3.4" rx="1.7"/></svg>PerfKit</p>
            <label class="theme"><input type="checkbox" id="theme" role="switch" aria-label="Switch between light and dark"><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor"/></svg><span>Theme</span></label>
            </div>
            <div class="page-title">
            <h1><bdi>{document.Title}</bdi></h1>
            """);
        if (!string.IsNullOrEmpty(document.Subtitle))
        {
            html.Write($"<p class=\"subtitle\"><bdi>{document.Subtitle}</bdi></p>");
        }

        html.Write($"<p class=\"created\">Taken <time datetime=\"{created}\">{shown}</time></p>\n</div>\n</header>");
    }

    private static void WriteContents(HtmlOutput html, ReportDocument document)
    {
        html.Write($"<div class=\"page{(document.Sections.Count > 1 ? " with-contents" : "")}\">");
        if (document.Sections.Count < 2)
        {
            return;
        }

        html.Write($"<nav class=\"contents\" aria-label=\"Contents\"><p>Contents</p><ol>");
        for (int i = 0; i < document.Sections.Count; i++)
        {
            html.Write($"<li><a href=\"#section-{i + 1}\"><bdi>{document.Sections[i].Title}</bdi></a></li>");
        }

        html.Write($"</ol></nav>");
    }

    private static void WriteSection(HtmlOutput html, ReportSection section, int number)
    {
        html.Write($"<section id=\"section-{number}\" class=\"section\" aria-labelledby=\"title-{number}\">\n<h2 id=\"title-{number}\"><bdi>{section.Title}</bdi></h2>");
        if (!string.IsNullOrEmpty(section.Summary))
        {
            html.Write($"<p class=\"summary\"><bdi>{section.Summary}</bdi></p>");
        }

        if (section.Blocks.Count == 0)
        {
            html.Write($"<p class=\"empty\">Nothing to show here.</p>");
        }

        foreach (ReportBlock block in section.Blocks)
        {
            WriteBlock(html, block);
        }

        html.Write($"</section>");
    }

    private static void WriteBlock(HtmlOutput html, ReportBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph: HtmlProse.Write(html, paragraph); break;
            case NoticeBlock notice: HtmlProse.Write(html, notice); break;
            case TableBlock table: HtmlTable.Write(html, table); break;
            case TimelineBlock timeline: HtmlTimeline.Write(html, timeline); break;
            case ChainBlock chain: HtmlChain.Write(html, chain); break;
            case ChartBlock chart: HtmlChart.Write(html, chart); break;
            case FindingsBlock findings: HtmlFindings.Write(html, findings); break;
            case AdviceBlock advice: HtmlAdvice.Write(html, advice); break;
        }
    }
}
