namespace PerfKit.Reporting;

internal static class HtmlFindings
{
    public static void Write(HtmlOutput html, FindingsBlock block)
    {
        html.Write($"<div class=\"block findings\">\n<h3><bdi>{block.Title}</bdi></h3>");
        if (block.Findings.Count == 0)
        {
            html.Write($"<p class=\"empty\">Nothing found.</p>\n</div>");
            return;
        }

        html.Write($"<p class=\"counts\">");
        foreach ((FindingSeverity severity, int count) in block.BySeverity())
        {
            html.Write($"<span class=\"badge sev-{severity}\">{count} {severity.ToString().ToLowerInvariant()}</span>");
        }

        html.Write($"</p>");
        foreach (Finding finding in block.Ordered())
        {
            WriteFinding(html, finding);
        }

        html.Write($"</div>");
    }

    private static void WriteFinding(HtmlOutput html, Finding finding)
    {
        string title = html.NewId("finding-");
        double impact = ReportOrder.Impact(finding);
        html.Write($"""
            <article class="card finding sev-{finding.Severity}" aria-labelledby="{title}">
            <header><div class="card-title"><p class="meta"><span class="badge sev-{finding.Severity}">{finding.Severity.ToString()}</span>
            """);
        WriteRule(html, finding);
        if (!string.IsNullOrEmpty(finding.Service))
        {
            html.Write($"<bdi class=\"service\">{finding.Service}</bdi>");
        }

        html.Write($"""
            </p><h4 id="{title}"><bdi>{finding.Title}</bdi></h4></div>
            <div class="impact" role="img" aria-label="Impact {Math.Round(impact)} of 100"><span class="impact-figure">{Math.Round(impact)}</span><span class="impact-word">impact</span><svg width="64" height="4" aria-hidden="true"><rect class="rail" width="100%" height="4" rx="2"/><rect class="fill" width="{impact}%" height="4" rx="2"/></svg></div>
            </header>
            """);
        if (finding.Description.Length > 0)
        {
            html.Write($"<p class=\"prose\"><bdi>{finding.Description}</bdi></p>");
        }

        HtmlEvidence.Write(html, finding.Evidence, finding.Title);
        html.Write($"</article>");
    }

    private static void WriteRule(HtmlOutput html, Finding finding)
    {
        if (HtmlText.SafeLink(finding.HelpLink) is { } link)
        {
            html.Write($"<a class=\"rule\" href=\"{link}\" rel=\"noopener noreferrer\"><bdi>{finding.RuleId}</bdi></a>");
        }
        else
        {
            html.Write($"<bdi class=\"rule\">{finding.RuleId}</bdi>");
        }
    }
}
