namespace PerfKit.Reporting;

internal static class HtmlTable
{
    public static void Write(HtmlOutput html, TableBlock block)
    {
        string title = html.NewId("table-");
        html.Write($"<div class=\"block\">\n<h3 id=\"{title}\"><bdi>{block.Title}</bdi></h3>");
        if (block.Rows.Count == 0 || block.Columns.Count == 0)
        {
            html.Write($"<p class=\"empty\">No rows.</p>\n</div>");
            return;
        }

        // A table wider than the page scrolls in its own box, which the keyboard can reach.
        html.Write($"<div class=\"scroll\" role=\"region\" aria-labelledby=\"{title}\" tabindex=\"0\">\n<table class=\"data\">\n<thead><tr>");
        foreach (TableColumn column in block.Columns)
        {
            html.Write($"<th scope=\"col\" class=\"to-{column.Alignment}\"><bdi>{column.Name}</bdi></th>");
        }

        html.Write($"</tr></thead>\n<tbody>");
        foreach (TableRow row in block.Rows.Take(RenderLimits.HtmlTableRows))
        {
            WriteRow(html, block.Columns, row);
        }

        html.Write($"</tbody>\n</table>\n</div>");
        if (block.Rows.Count > RenderLimits.HtmlTableRows)
        {
            html.Write($"<p class=\"more\">{block.Rows.Count - RenderLimits.HtmlTableRows} more rows are in the JSON form of this report.</p>");
        }

        html.Write($"</div>");
    }

    private static void WriteRow(HtmlOutput html, IReadOnlyList<TableColumn> columns, TableRow row)
    {
        html.Write($"<tr>");
        for (int i = 0; i < columns.Count; i++)
        {
            TableCell cell = i < row.Cells.Count ? row.Cells[i] : default;
            string figure = cell.Quantity is null ? "" : " figure";
            if (i == 0)
            {
                html.Write($"<th scope=\"row\" class=\"to-{columns[i].Alignment}{figure}\"><bdi>{cell.ToString()}</bdi></th>");
            }
            else
            {
                html.Write($"<td class=\"to-{columns[i].Alignment}{figure}\"><bdi>{cell.ToString()}</bdi></td>");
            }
        }

        html.Write($"</tr>");
    }
}
