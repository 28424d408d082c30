namespace PerfKit.Reporting;

/// <summary>
/// The figures of a chart, one invisible stripe a column: pointing at it shows a cross-hair and says what was measured there,
/// with the page's script or without.
/// </summary>
internal static class HtmlChartReadings
{
    public static void Write(HtmlOutput html, ChartBlock block, ChartFrame frame, AxisScale values)
    {
        for (int i = 0; i < frame.Columns.Length; i++)
        {
            double at = frame.Position(frame.Columns[i]) * 100;
            double left = i == 0 ? 0 : (at + (frame.Position(frame.Columns[i - 1]) * 100)) / 2;
            double right = i == frame.Columns.Length - 1 ? 100 : (at + (frame.Position(frame.Columns[i + 1]) * 100)) / 2;
            html.Write($"<g class=\"hit\"><rect x=\"{left}%\" width=\"{right - left}%\" height=\"100%\"/><line x1=\"{at}%\" x2=\"{at}%\" y1=\"0\" y2=\"100%\"/>");
            for (int series = 0; series < frame.Lines.Count; series++)
            {
                if (frame.Lines[series].Columns[i] is { Count: > 0 } column)
                {
                    html.Write($"<circle class=\"dot c-{series % HtmlChartLines.Colors}\" cx=\"{at}%\" cy=\"{(1 - values.Position(column.Maximum)) * 100}%\" r=\"3.5\"/>");
                }
            }

            html.Write($"<title>{Quantity.Of(TimeSpan.FromSeconds(Math.Clamp(frame.Columns[i], -9e11, 9e11)))}\n{Reading(block, frame, i)}</title></g>");
        }
    }

    private static string Reading(ChartBlock block, ChartFrame frame, int index) => string.Join("\n", frame.Lines
        .Select(line => (line.Label, Column: line.Columns[index]))
        .Where(reading => reading.Column.Count > 0 || reading.Column.IsGap)
        .Select(reading => $"{reading.Label}: {Figure(reading.Column, block.Unit)}"));

    private static string Figure(ChartColumn column, Unit unit)
    {
        if (column.Count == 0)
        {
            return "unknown";
        }

        string low = new Quantity(column.Minimum, unit).Format();
        string high = new Quantity(column.Maximum, unit).Format();
        return low == high ? high : $"{low} to {high}";
    }
}
