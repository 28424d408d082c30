namespace PerfKit.Reporting;

/// <summary>Paragraphs and tables, with the blank lines between them that Markdown asks for.</summary>
internal sealed class MarkdownOutput(TextWriter output)
{
    private bool _begun;

    /// <summary>A mark before a name that needs attention.</summary>
    public static string Mark(FactTone tone) => tone switch
    {
        FactTone.Good => "🟢 ",
        FactTone.Warning => "🟠 ",
        FactTone.Bad => "🔴 ",
        _ => "",
    };

    /// <summary>Markup whose parts from outside are already escaped.</summary>
    public void Paragraph(string markup)
    {
        if (_begun)
        {
            output.Write('\n');
        }

        _begun = true;
        output.Write(markup);
        output.Write('\n');
    }

    /// <summary>A table of cells that are already escaped.</summary>
    public void Table(IReadOnlyList<(string Name, ColumnAlignment Alignment)> columns, IEnumerable<string[]> rows)
    {
        string header = Row(columns.Select(column => column.Name));
        string rule = Row(columns.Select(column => column.Alignment switch
        {
            ColumnAlignment.Right => "---:",
            ColumnAlignment.Center => ":---:",
            _ => "---",
        }));
        Paragraph(string.Join('\n', rows.Select(Row).Prepend(rule).Prepend(header)));
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
