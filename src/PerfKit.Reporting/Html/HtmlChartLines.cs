using System.Globalization;
using System.Text;

namespace PerfKit.Reporting;

/// <summary>The lines of a chart, broken where nothing is known.</summary>
internal static class HtmlChartLines
{
    /// <summary>How many colors there are before they repeat.</summary>
    public const int Colors = 6;

    public static void Write(HtmlOutput html, ChartFrame frame, AxisScale values)
    {
        // One inner drawing of 1000 by 1000 that stretches; the style sheet keeps its strokes from stretching with it.
        html.Write($"<svg viewBox=\"0 0 1000 1000\" preserveAspectRatio=\"none\" width=\"100%\" height=\"100%\">");
        for (int i = 0; i < frame.Lines.Count; i++)
        {
            (string line, string area) = Path(frame, frame.Lines[i], values);
            if (line.Length > 0)
            {
                if (frame.Lines.Count == 1)
                {
                    html.Write($"<path class=\"area c-{i % Colors}\" d=\"{area}\"/>");
                }

                html.Write($"<path class=\"line c-{i % Colors}\" d=\"{line}\"/>");
            }
        }

        html.Write($"</svg>");
        for (int i = 0; i < frame.Lines.Count; i++)
        {
            WriteLonely(html, frame, i, values);
        }
    }

    private static (string Line, string Area) Path(ChartFrame frame, ChartLine line, AxisScale values)
    {
        var path = new StringBuilder();
        var area = new StringBuilder();
        double start = 0;
        double last = 0;
        bool open = false;
        for (int i = 0; i < line.Columns.Length; i++)
        {
            ChartColumn column = line.Columns[i];
            if (column.Count == 0)
            {
                if (column.IsGap)
                {
                    Close();
                }

                continue;
            }

            double x = frame.Position(frame.Columns[i]) * 1000;
            Add(x, column.Minimum);
            if (column.Maximum > column.Minimum)
            {
                Add(x, column.Maximum);
            }
        }

        Close();
        return (path.ToString(), area.ToString());

        void Add(double x, double value)
        {
            string point = string.Create(CultureInfo.InvariantCulture, $"{(open ? 'L' : 'M')}{x:0.#} {(1 - values.Position(value)) * 1000:0.#}");
            path.Append(point);
            area.Append(point);
            start = open ? start : x;
            last = x;
            open = true;
        }

        void Close()
        {
            if (open)
            {
                double floor = (1 - values.Position(0)) * 1000;
                area.Append(CultureInfo.InvariantCulture, $"L{last:0.#} {floor:0.#}L{start:0.#} {floor:0.#}Z");
            }

            open = false;
        }
    }

    // A figure between two gaps makes no line; it is drawn as a dot.
    private static void WriteLonely(HtmlOutput html, ChartFrame frame, int index, AxisScale values)
    {
        ChartColumn[] columns = [.. frame.Lines[index].Columns];
        int[] sampled = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].Count > 0 || columns[i].IsGap)];
        for (int i = 0; i < sampled.Length; i++)
        {
            bool alone = columns[sampled[i]].Count > 0
                && (i == 0 || columns[sampled[i - 1]].IsGap)
                && (i == sampled.Length - 1 || columns[sampled[i + 1]].IsGap);
            if (alone)
            {
                html.Write($"<circle class=\"dot alone c-{index % Colors}\" cx=\"{frame.Position(frame.Columns[sampled[i]]) * 100}%\" cy=\"{(1 - values.Position(columns[sampled[i]].Maximum)) * 100}%\" r=\"3\"/>");
            }
        }
    }
}
