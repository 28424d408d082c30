using System.Globalization;

namespace PerfKit.Reporting;

internal static class HtmlText
{
    /// <summary>
    /// Escapes for text and for attributes in either quote. Characters that HTML forbids or that a reader cannot see
    /// (controls, halves of surrogate pairs) become U+FFFD.
    /// </summary>
    public static void Escape(string? text, TextWriter output)
    {
        for (int i = 0; i < (text?.Length ?? 0); i++)
        {
            char c = text![i];
            switch (c)
            {
                case '&': output.Write("&amp;"); break;
                case '<': output.Write("&lt;"); break;
                case '>': output.Write("&gt;"); break;
                case '"': output.Write("&quot;"); break;
                case '\'': output.Write("&#39;"); break;
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n': break;
                case '\r': output.Write('\n'); break;
                case '\n' or '\t': output.Write(c); break;
                default:
                    if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                    {
                        output.Write(c);
                        output.Write(text[++i]);
                    }
                    else
                    {
                        output.Write(char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Control ? '\uFFFD' : c);
                    }

                    break;
            }
        }
    }

    /// <summary>The link as given when a browser may follow it safely, else <see langword="null"/>.</summary>
    public static string? SafeLink(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.AbsoluteUri
            : null;
}
