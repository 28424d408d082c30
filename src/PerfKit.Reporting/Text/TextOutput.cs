using System.Globalization;
using System.Text;

namespace PerfKit.Reporting;

/// <summary>Lines of a console: width, wrapping, color. What comes from outside cannot smuggle control sequences in.</summary>
internal sealed class TextOutput(TextWriter output, TextRendererOptions options)
{
    private const int NarrowestText = 24;

    public int Width => options.Width;

    public bool IsBrief => options.Brief;

    public void Line(string text = "")
    {
        output.Write(text.TrimEnd(' '));
        output.Write('\n');
    }

    /// <summary>The text in a color, when color is wanted. Lay out first, color last: the sequence has no width.</summary>
    public string Paint(string text, TextColor color) =>
        options.Color && color != TextColor.Plain && text.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $"\u001b[{(int)color}m{text}\u001b[0m")
            : text;

    /// <summary>Writes prose, broken at blanks, every line but the first indented as far as the text begins.</summary>
    public void Wrapped(string lead, string text, TextColor leadColor = TextColor.Plain)
    {
        string first = Paint(lead, leadColor);
        string indent = new(' ', lead.Length);
        if (Width - lead.Length < NarrowestText && text.Length > Width - lead.Length)
        {
            // No room is left beside the lead: the text goes beneath it.
            Line(first);
            indent = first = new string(' ', lead.Length - lead.TrimStart().Length + 2);
        }

        foreach (string line in Wrap(Clean(text), Width - indent.Length))
        {
            Line(first + line);
            first = indent;
        }
    }

    /// <summary>One line without controls, cut to a length with an ellipsis.</summary>
    public static string Name(string? text, int width = RenderLimits.TextName)
    {
        string clean = Clean(text);
        if (clean.Length <= width)
        {
            return clean;
        }

        int end = Math.Max(0, width - 1);
        return string.Concat(clean.AsSpan(0, end > 0 && char.IsHighSurrogate(clean[end - 1]) ? end - 1 : end), "…");
    }

    /// <summary>The text with every run of blanks and line ends as one blank, and with controls made visible.</summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        foreach (char c in text ?? "")
        {
            if (char.IsWhiteSpace(c))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else
            {
                // Direction overrides are as good as controls: they would turn the rest of the line around.
                clean.Append(char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' ? '\uFFFD' : c);
            }
        }

        return clean.ToString().TrimEnd();
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            int at = text.LastIndexOf(' ', width);
            int cut = at > 0 ? at : char.IsHighSurrogate(text[width - 1]) ? width - 1 : width;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }

        yield return text;
    }
}
