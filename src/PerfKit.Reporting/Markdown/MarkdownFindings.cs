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
        if (evidence.Count == 0)
        {
            return;
        }

        // A column that no piece of evidence has is left out.
        (string Name, ColumnAlignment Alignment, Func<FindingEvidence, string> Cell)[] columns =
        [
            ("Evidence", ColumnAlignment.Left, item => MarkdownText.Escape(item.Label)),
            ("Measured", ColumnAlignment.Right, item => $"**{item.Measured}**"),
            ("Limit", ColumnAlignment.Right, item => item.Limit?.Format() ?? ""),
            ("Window", ColumnAlignment.Right, item => item.Window is { } window ? Quantity.Of(window).Format() : ""),
            ("Source", ColumnAlignment.Left, item => MarkdownText.Escape(item.Source)),
        ];
        columns = [.. columns.Where(column => evidence.Any(item => column.Cell(item).Length > 0))];
        markdown.Table(
            [.. columns.Select(column => (column.Name, column.Alignment))],
            evidence.Select(item => columns.Select(column => column.Cell(item)).ToArray()));
    }

    // An address with what could end a link is left out: a link nobody can follow helps nobody.
    private static string Rule(Finding finding) => HtmlText.SafeLink(finding.HelpLink) is { } link && link.IndexOfAny(['(', ')', '<', '>', '|', ' ']) < 0
        ? $"[{MarkdownText.Escape(finding.RuleId)}]({link})"
        : MarkdownText.Escape(finding.RuleId);
}
