namespace PerfKit.Reporting;

internal static class MarkdownFindings
{
    public static void Write(MarkdownOutput markdown, FindingsBlock block)
    {
        markdown.Paragraph($"### {MarkdownText.Escape(block.Title)}");
        if (block.Findings.Count == 0)
        {
            markdown.Paragraph("*Nothing found.*");
            return;
        }

        foreach (Finding finding in block.Ordered())
        {
            string service = string.IsNullOrEmpty(finding.Service) ? "" : MarkdownText.Escape(finding.Service) + ": ";
            markdown.Paragraph($"#### {finding.Severity}: {service}{MarkdownText.Escape(finding.Title)}");
            markdown.Paragraph($"{Rule(finding)}, impact {new Quantity(Math.Round(ReportOrder.Impact(finding)), Unit.Score)}. {MarkdownText.Escape(finding.Description)}".TrimEnd());
            WriteEvidence(markdown, finding.Evidence);
        }
    }

    public static void WriteEvidence(MarkdownOutput markdown, IReadOnlyList<FindingEvidence> evidence)
    {
        if (evidence.Count > 0)
        {
            markdown.Table(
                [("Evidence", ColumnAlignment.Left), ("Measured", ColumnAlignment.Right), ("Limit", ColumnAlignment.Right), ("Window", ColumnAlignment.Right), ("Source", ColumnAlignment.Left)],
                evidence.Select(item => new[]
                {
                    MarkdownText.Escape(item.Label),
                    $"**{item.Measured}**",
                    item.Limit?.Format() ?? "",
                    item.Window is { } window ? Quantity.Of(window).Format() : "",
                    MarkdownText.Escape(item.Source),
                }));
        }
    }

    // An address with what could end a link is left out: a link nobody can follow helps nobody.
    private static string Rule(Finding finding) => HtmlText.SafeLink(finding.HelpLink) is { } link && link.IndexOfAny(['(', ')', '<', '>', '|', ' ']) < 0
        ? $"[{MarkdownText.Escape(finding.RuleId)}]({link})"
        : MarkdownText.Escape(finding.RuleId);
}
