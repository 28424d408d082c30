namespace PerfKit.Reporting;

/// <summary>
/// A table in columns. Headings break between words rather than widen their column; when the console is still too narrow,
/// the widest columns of prose give way first, because a figure that is cut says nothing.
/// </summary>
internal static class TextTable
{
    private const int Narrowest = 4;
    private const int NarrowestProse = 12;

    public static void Write(TextOutput text, TableBlock block)
    {
        text.Line(text.Paint(TextOutput.Name(block.Title, text.Width), TextColor.Bold));
        if (block.Rows.Count == 0 || block.Columns.Count == 0)
        {
            text.Line("  (no rows)");
            return;
        }

        string[][] rows = [.. block.Rows.Take(RenderLimits.TextTableRows).Select(row => Cells(row, block.Columns.Count))];
        int[] widths = Widths(block.Columns, rows, text.Width - 2);
        foreach (string[] heading in Headings(block.Columns, widths))
        {
            text.Line("  " + text.Paint(Row(heading, block.Columns, widths), TextColor.Dim));
        }

        foreach (string[] row in rows)
        {
            text.Line("  " + Row(row, block.Columns, widths));
        }

        if (block.Rows.Count > rows.Length)
        {
            text.Line($"  … and {new Quantity(block.Rows.Count - rows.Length, Unit.Count)} more rows");
        }
    }

    private static string[] Cells(TableRow row, int count) =>
        [.. Enumerable.Range(0, count).Select(i => i < row.Cells.Count ? TextOutput.Name(row.Cells[i].ToString()) : "")];

    private static int[] Widths(IReadOnlyList<TableColumn> columns, string[][] rows, int available)
    {
        int[] widths = [.. columns.Select((column, i) => Math.Max(Words(column).Max(word => word.Length), rows.Max(row => row[i].Length)))];
        while (widths.Sum() + (2 * (widths.Length - 1)) > available && widths.Max() > Narrowest)
        {
            int widest = Widest(widths, i => columns[i].Alignment == ColumnAlignment.Left && widths[i] > NarrowestProse);
            widths[widest >= 0 ? widest : Widest(widths, _ => true)]--;
        }

        return widths;
    }

    private static int Widest(int[] widths, Func<int, bool> mayGive)
    {
        int widest = -1;
        for (int i = 0; i < widths.Length; i++)
        {
            if (mayGive(i) && (widest < 0 || widths[i] > widths[widest]))
            {
                widest = i;
            }
        }

        return widest;
    }

    /// <summary>The headings as lines, the last one full.</summary>
    private static IEnumerable<string[]> Headings(IReadOnlyList<TableColumn> columns, int[] widths)
    {
        List<string>[] headings = [.. columns.Select((column, i) => Broken(Words(column), widths[i]))];
        int lines = headings.Max(heading => heading.Count);
        for (int line = 0; line < lines; line++)
        {
            yield return [.. headings.Select(heading => line - lines + heading.Count is var at and >= 0 ? heading[at] : "")];
        }
    }

    private static List<string> Broken(string[] words, int width)
    {
        List<string> lines = [words[0]];
        foreach (string word in words.Skip(1))
        {
            if (lines[^1].Length + 1 + word.Length <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return lines;
    }

    private static string[] Words(TableColumn column) => TextOutput.Name(column.Name).Split(' ');

    private static string Row(string[] cells, IReadOnlyList<TableColumn> columns, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => Align(TextOutput.Name(cell, widths[i]), columns[i].Alignment, widths[i])));

    private static string Align(string cell, ColumnAlignment alignment, int width) => alignment switch
    {
        ColumnAlignment.Right => cell.PadLeft(width),
        ColumnAlignment.Center => cell.PadLeft(cell.Length + ((width - cell.Length) / 2)).PadRight(width),
        _ => cell.PadRight(width),
    };
}
