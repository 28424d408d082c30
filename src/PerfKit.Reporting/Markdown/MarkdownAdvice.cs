using System.Globalization;
using System.Text;

namespace PerfKit.Reporting;

internal static class MarkdownAdvice
{
    public static void Write(MarkdownOutput markdown, AdviceBlock block)
    {
        markdown.Paragraph($"### {MarkdownText.Escape(block.Title)}");
        if (block.Items.Count == 0)
        {
            markdown.Paragraph("*Nothing to recommend.*");
            return;
        }

        int number = 0;
        foreach (Advice advice in block.Items)
        {
            WriteAdvice(markdown, advice, ++number);
        }
    }

    private static void WriteAdvice(MarkdownOutput markdown, Advice advice, int number)
    {
        string service = string.IsNullOrEmpty(advice.Service) ? "" : MarkdownText.Escape(advice.Service) + ": ";
        markdown.Paragraph(string.Create(CultureInfo.InvariantCulture, $"#### {number}. {service}{MarkdownText.Escape(advice.Title)}"));
        markdown.Paragraph($"{MarkdownText.Escape(advice.RuleId)}, **{ReportOrder.SavingText(advice, MarkdownText.Escape)}**; {advice.Priority.ToString().ToLowerInvariant()} priority, {advice.Effort.ToString().ToLowerInvariant()} effort.");
        var list = new StringBuilder();
        foreach (string action in advice.Actions)
        {
            list.Append("1. ").Append(MarkdownText.Escape(action)).Append('\n');
        }

        if (list.Length > 0)
        {
            markdown.Paragraph(list.ToString(0, list.Length - 1));
        }

        Why(markdown, "Prediction rests on", advice.Basis);
        Why(markdown, "How to verify", advice.Verify);
        MarkdownFindings.WriteEvidence(markdown, advice.Evidence);
    }

    private static void Why(MarkdownOutput markdown, string word, string reason)
    {
        if (reason.Length > 0)
        {
            markdown.Paragraph($"**{word}:** {MarkdownText.Escape(reason)}");
        }
    }
}
