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
            if (!text.IsBrief)
            {
                text.Line();
            }

            text.Wrapped($"  {severity,-8}  ", service + TextOutput.Name(finding.Title), TextColors.Of(finding.Severity));
            if (!text.IsBrief)
            {
                text.Wrapped("            ", $"{TextOutput.Name(finding.RuleId, 40)}, impact {new Quantity(Math.Round(ReportOrder.Impact(finding)), Unit.Score)}");
            }

            if (finding.Description.Length > 0)
            {
                text.Wrapped("            ", finding.Description);
            }

            if (!text.IsBrief)
            {
                TextEvidence.Write(text, finding.Evidence, 12);
            }
        }
    }
}
