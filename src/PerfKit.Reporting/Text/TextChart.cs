namespace PerfKit.Reporting;

/// <summary>A line a series: name, sparkline, lowest, median and highest figure; the limits beneath.</summary>
internal static class TextChart
{
    private const int NarrowestLine = 20;

    public static void Write(TextOutput text, ChartBlock block)
    {
        text.Line(text.Paint(TextOutput.Name(block.Title, text.Width), TextColor.Bold));
        if (block.Series.Count == 0)
        {
            text.Line("  (no figures)");
            return;
        }

        int name = Math.Min(24, block.Series.Max(series => TextOutput.Name(series.Label).Length));
        string[] statistics = [.. ChartFrame.Create(block, 1).Lines.Select(line => Statistics(line, block.Unit))];
        int beside = text.Width - name - statistics.Max(part => part.Length) - 6;

        // On a narrow console the statistics go beneath their line.
        int width = Math.Min(beside < NarrowestLine ? text.Width - name - 4 : beside, 80);
        ChartFrame frame = ChartFrame.Create(block, width);
        for (int i = 0; i < frame.Lines.Count; i++)
        {
            string line = Sparkline.Draw(frame.Lines[i]).PadRight(Math.Min(width, Math.Max(frame.Columns.Length, 1)));
            string separator = beside < NarrowestLine ? "\n    " : "  ";
            text.Line($"  {TextOutput.Name(frame.Lines[i].Label, name).PadRight(name)}  {text.Paint(line, TextColor.Cyan)}{separator}{statistics[i]}");
        }

        foreach (ChartLimit limit in block.Limits)
        {
            string[] above = [.. frame.Lines.Where(line => line.Maximum > limit.Value).Select(line => TextOutput.Name(line.Label, name))];
            string verdict = above.Length == 0 ? "kept" : frame.Lines.Count == 1 ? "peaks above it" : $"peaks above it: {string.Join(", ", above)}";
            text.Wrapped($"  {TextOutput.Name(limit.Label, name).PadRight(name)}  limit {new Quantity(limit.Value, block.Unit)}, ", verdict, TextColors.Of(limit.Tone));
        }

        foreach (TimelineMarker marker in block.Markers.Take(RenderLimits.ChartMarkers))
        {
            text.Line($"  ▲ {Quantity.Of(marker.At)}: {TextOutput.Name(marker.Label)}");
        }
    }

    private static string Statistics(ChartLine line, Unit unit) => line.Maximum is null
        ? "no figures"
        : $"min {new Quantity(line.Minimum, unit)}  median {new Quantity(line.Median, unit)}  max {new Quantity(line.Maximum, unit)}";
}
