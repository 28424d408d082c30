namespace PerfKit.Reporting;

/// <summary>A line a piece of evidence: what, measured, against which limit, over which window, from where.</summary>
internal static class TextEvidence
{
    public static void Write(TextOutput text, IReadOnlyList<FindingEvidence> evidence, int indent)
    {
        if (evidence.Count == 0)
        {
            return;
        }

        int label = Math.Min(40, evidence.Max(item => TextOutput.Name(item.Label).Length));
        int figure = evidence.Max(item => item.Measured.Format().Length);
        foreach (FindingEvidence item in evidence)
        {
            string lead = $"{new string(' ', indent)}• {TextOutput.Name(item.Label, label).PadRight(label)}  {item.Measured.Format().PadLeft(figure)}  ";
            text.Wrapped(lead, Remarks(item));
        }
    }

    private static string Remarks(FindingEvidence item)
    {
        string times = ReportOrder.TimesLimit(item) is { } ratio ? $" ({new Quantity(ratio, Unit.None)}×)" : "";
        string[] parts =
        [
            item.Limit is { } limit ? $"vs limit {limit}{times}" : "",
            item.Window is { } window ? $"over {Quantity.Of(window)}" : "",
            string.IsNullOrEmpty(item.Source) ? "" : $"from {TextOutput.Name(item.Source)}",
        ];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}
