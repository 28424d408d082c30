namespace PerfKit.Reporting;

internal static class HtmlProse
{
    private static readonly string[] LineBreaks = ["\r\n", "\n", "\r"];

    public static void Write(HtmlOutput html, ParagraphBlock block)
    {
        foreach (string line in block.Text.Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            html.Write($"<p class=\"prose\"><bdi>{line}</bdi></p>");
        }
    }

    public static void Write(HtmlOutput html, NoticeBlock block)
    {
        string word = block.Tone switch
        {
            FactTone.Good => "Good",
            FactTone.Warning => "Warning",
            FactTone.Bad => "Problem",
            _ => "Note",
        };
        html.Write($"<p class=\"notice tone-{block.Tone}\" role=\"note\"><strong>{word}</strong> <bdi>{block.Text}</bdi></p>");
    }
}
