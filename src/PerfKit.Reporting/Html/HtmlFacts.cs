namespace PerfKit.Reporting;

internal static class HtmlFacts
{
    public static void Write(HtmlOutput html, IReadOnlyList<ReportFact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        html.Write($"<dl class=\"facts\" style=\"--columns:{Columns(facts.Count)}\" aria-label=\"Headline figures\">");
        foreach (ReportFact fact in facts)
        {
            // The number stands out; its unit follows in a lighter hand.
            string text = fact.Value.Format();
            int digits = text.Length;
            for (int i = 0; i < text.Length; i++)
            {
                if (char.IsAsciiLetter(text[i]) || text[i] is 'µ' or '%' or '/')
                {
                    digits = i;
                    break;
                }
            }

            html.Write($"""
                <div class="fact tone-{fact.Tone}"><dt><bdi>{fact.Label}</bdi></dt><dd class="figure">{text[..digits].TrimEnd()} <span class="unit">{text[digits..]}</span></dd>
                """);
            if (ToneWord(fact.Tone) is { } word)
            {
                html.Write($"<dd class=\"tone\">{word}</dd>");
            }

            if (!string.IsNullOrEmpty(fact.Note))
            {
                html.Write($"<dd class=\"note\"><bdi>{fact.Note}</bdi></dd>");
            }

            html.Write($"</div>");
        }

        html.Write($"</dl>");
    }

    // Three or four a row, whichever leaves the last row fuller.
    private static int Columns(int count) => count < 4 ? Math.Max(count, 2) : count % 4 == 0 || (count % 4 == 3 && count % 3 != 0) ? 4 : 3;

    // Color alone must not carry the judgment.
    private static string? ToneWord(FactTone tone) => tone switch
    {
        FactTone.Good => "good",
        FactTone.Warning => "warning",
        FactTone.Bad => "bad",
        _ => null,
    };
}
