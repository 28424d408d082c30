using System.Globalization;
using System.Runtime.CompilerServices;

namespace PerfKit.Reporting;

/// <summary>
/// Writes HTML so that forgetting to escape is impossible: in <c>Write($"…{hole}…")</c> the literal is markup, and what goes
/// into a hole is always escaped, for text and for quoted attributes alike.
/// </summary>
internal sealed class HtmlOutput(TextWriter output)
{
    private readonly TextWriter _output = output;
    private int _ids;

    /// <summary>An id that this page has not used yet.</summary>
    public string NewId(string prefix) => prefix + (++_ids).ToString(CultureInfo.InvariantCulture);

    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        // The handler has already written everything to this very output.
        _ = markup;
        _output.Write('\n');
    }

    /// <summary>Markup of our own: an embedded style sheet or script.</summary>
    public void WriteResource(string content) => _output.Write(content);

    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly TextWriter _output;

        // The compiler passes the two lengths; a writer that streams needs neither.
        public Markup(int literalLength, int formattedCount, HtmlOutput html)
        {
            (_, _) = (literalLength, formattedCount);
            _output = html._output;
        }

        public void AppendLiteral(string markup) => _output.Write(markup);

        public void AppendFormatted(string? text) => HtmlText.Escape(text, _output);

        public void AppendFormatted(Quantity quantity) => HtmlText.Escape(quantity.Format(), _output);

        public void AppendFormatted(int number) => _output.Write(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>A coordinate or percentage; three decimals are finer than a pixel.</summary>
        public void AppendFormatted(double number) =>
            _output.Write((double.IsFinite(number) ? number : 0).ToString("0.###", CultureInfo.InvariantCulture));

        public void AppendFormatted(HtmlAttribute attribute)
        {
            if (attribute.Value is not null)
            {
                _output.Write($" {attribute.Name}=\"");
                HtmlText.Escape(attribute.Value, _output);
                _output.Write('"');
            }
        }

        /// <summary>An enum's name in lower case, for class names.</summary>
        public void AppendFormatted(Enum name) => HtmlText.Escape(name.ToString().ToLowerInvariant(), _output);
    }
}
