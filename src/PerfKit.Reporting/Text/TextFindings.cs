namespace PerfKit.Reporting;

internal static class TextFindings
{
    public static void Write(TextOutput text, FindingsBlock block)
    {
        text.Line(text.Paint(TextOutput.Name(block.Title, text.Width), TextColor.Bold));
        if (block.Findings.Count == 0)
        {
            text.Line("  (nothing found)");
            return;
        }

        foreach (Finding finding in block.Ordered())
        {
            string severity = finding.Severity.ToString().ToUpperInvariant();
            string service = string.IsNullOrEmpty(finding.Service) ? "" : TextOutput.Name(finding.Service, 40) + ": ";
            text.Line();
            text.Wrapped($"  {severity,-8}  ", service + TextOutput.Name(finding.Title), TextColors.Of(finding.Severity));
            text.Wrapped("            ", $"{TextOutput.Name(finding.RuleId, 40)}, impact {new Quantity(Math.Round(ReportOrder.Impact(finding)), Unit.Score)}");
            if (finding.Description.Length > 0)
            {
                text.Wrapped("            ", finding.Description);
            }

            TextEvidence.Write(text, finding.Evidence, 12);
        }
    }
}
