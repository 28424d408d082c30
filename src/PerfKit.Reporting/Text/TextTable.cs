namespace PerfKit.Reporting;

/// <summary>A table in columns; when the console is too narrow, the widest columns give way first.</summary>
internal static class TextTable
{
    private const int Narrowest = 4;

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
        text.Line("  " + text.Paint(Row([.. block.Columns.Select(column => TextOutput.Name(column.Name))], block.Columns, widths), TextColor.Dim));
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
        int[] widths = [.. columns.Select((column, i) => Math.Max(TextOutput.Name(column.Name).Length, rows.Max(row => row[i].Length)))];
        while (widths.Sum() + (2 * (widths.Length - 1)) > available && widths.Max() > Narrowest)
        {
            widths[Array.IndexOf(widths, widths.Max())]--;
        }

        return widths;
    }

    private static string Row(string[] cells, IReadOnlyList<TableColumn> columns, int[] widths) =>
        string.Join("  ", cells.Select((cell, i) => Align(TextOutput.Name(cell, widths[i]), columns[i].Alignment, widths[i])));

    private static string Align(string cell, ColumnAlignment alignment, int width) => alignment switch
    {
        ColumnAlignment.Right => cell.PadLeft(width),
        ColumnAlignment.Center => cell.PadLeft(cell.Length + ((width - cell.Length) / 2)).PadRight(width),
        _ => cell.PadRight(width),
    };
}
