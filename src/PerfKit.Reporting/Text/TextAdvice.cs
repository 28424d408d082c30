using System.Globalization;

namespace PerfKit.Reporting;

internal static class TextAdvice
{
    public static void Write(TextOutput text, AdviceBlock block)
    {
        text.Line(text.Paint(TextOutput.Name(block.Title, text.Width), TextColor.Bold));
        if (block.Items.Count == 0)
        {
            text.Line("  (nothing to recommend)");
            return;
        }

        int number = 0;
        foreach (Advice advice in block.Items)
        {
            text.Line();
            WriteAdvice(text, advice, ++number);
        }
    }

    private static void WriteAdvice(TextOutput text, Advice advice, int number)
    {
        string service = string.IsNullOrEmpty(advice.Service) ? "" : TextOutput.Name(advice.Service, 40) + ": ";
        text.Wrapped(string.Create(CultureInfo.InvariantCulture, $"  {number,2}. "), service + TextOutput.Name(advice.Title), TextColor.Bold);
        text.Wrapped("      ", $"{ReportOrder.SavingText(advice, name => TextOutput.Name(name, 40))}; {advice.Priority.ToString().ToLowerInvariant()} priority, {advice.Effort.ToString().ToLowerInvariant()} effort, {TextOutput.Name(advice.RuleId, 40)}");
        foreach (string action in advice.Actions)
        {
            text.Wrapped("      → ", action);
        }

        if (text.IsBrief)
        {
            return;
        }

        TextEvidence.Write(text, advice.Evidence, 6);
        Why(text, "because: ", advice.Basis);
        Why(text, "verify:  ", advice.Verify);
    }

    private static void Why(TextOutput text, string word, string reason)
    {
        if (reason.Length > 0)
        {
            text.Wrapped("      " + word, reason, TextColor.Dim);
        }
    }
}
