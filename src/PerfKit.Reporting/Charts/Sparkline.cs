namespace PerfKit.Reporting;

/// <summary>A series as one line of block characters: zero at the bottom, the highest figure at the top.</summary>
internal static class Sparkline
{
    private const string Levels = "▁▂▃▄▅▆▇█";

    /// <summary>
    /// One character a column, of its highest figure; a dot where only unknown figures came. A column between two samples,
    /// as rounding leaves them, shows what came before: it is no gap.
    /// </summary>
    public static string Draw(ChartLine line)
    {
        double bottom = Math.Min(0, line.Columns.Where(column => column.Count > 0).Select(column => column.Minimum).DefaultIfEmpty(0).Min());
        double top = line.Columns.Where(column => column.Count > 0).Select(column => column.Maximum).DefaultIfEmpty(0).Max();
        double range = top - bottom;
        return string.Create(line.Columns.Length, (line.Columns, bottom, range), static (text, state) =>
        {
            ChartColumn column = state.Columns.FirstOrDefault(first => first.Count > 0 || first.IsGap);
            for (int i = 0; i < text.Length; i++)
            {
                ChartColumn next = state.Columns[i];
                column = next.Count > 0 || next.IsGap ? next : column;
                text[i] = column.Count == 0
                    ? '·'
                    : Levels[state.range <= 0 ? 0 : (int)Math.Round((column.Maximum - state.bottom) / state.range * (Levels.Length - 1))];
            }
        });
    }
}
