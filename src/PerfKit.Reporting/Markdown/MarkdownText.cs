using System.Text;

namespace PerfKit.Reporting;

/// <summary>Text for GitHub-flavored Markdown: whatever stands in a name, it stays text and stays on its line.</summary>
internal static class MarkdownText
{
    /// <summary>Escapes for prose, headings, list items and table cells.</summary>
    public static string Escape(string? text)
    {
        string clean = TextOutput.Clean(text);
        var escaped = new StringBuilder(clean.Length + 16);
        for (int i = 0; i < clean.Length; i++)
        {
            switch (clean[i])
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;

                // GitHub looks for people to notify after Markdown is done; only a break in the text stops it.
                case '@' when Next(clean, i) is { } next && char.IsAsciiLetterOrDigit(next): escaped.Append("@<!-- -->"); break;
                default: escaped.Append(IsMarkup(clean, i) ? "\\" : "").Append(clean[i]); break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>For a fenced code block: no fence can be closed from within, and no line ends come in.</summary>
    public static string Code(string text) => text.Replace("```", "'''", StringComparison.Ordinal);

    private static bool IsMarkup(string text, int at) => text[at] switch
    {
        '\\' or '`' or '*' or '[' or ']' or '|' or '~' or '$' => true,
        '_' => !(at > 0 && char.IsLetterOrDigit(text[at - 1]) && Next(text, at) is { } next && char.IsLetterOrDigit(next)),

        // A heading, or the number of an issue.
        '#' => at == 0 || (Next(text, at) is { } next && char.IsAsciiDigit(next)),

        // A list or a rule, but only where a line begins.
        '-' or '+' or '=' => at == 0,
        '.' or ')' when at > 0 && text.AsSpan(0, at).TrimStart("0123456789").IsEmpty => Next(text, at) is null or ' ',

        // A bare address becomes a link by itself.
        ':' => text.AsSpan(at).StartsWith("://", StringComparison.Ordinal),
        '.' => text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static char? Next(string text, int at) => at + 1 < text.Length ? text[at + 1] : null;
}
