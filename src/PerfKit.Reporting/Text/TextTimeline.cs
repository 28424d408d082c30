namespace PerfKit.Reporting;

/// <summary>A line a bar: the name, nested by indentation, the bar, and its duration.</summary>
internal static class TextTimeline
{
    public static void Write(TextOutput text, TimelineBlock block)
    {
        var view = TimelineView.Create(block, RenderLimits.TextTimelineBars);
        text.Line($"{text.Paint(TextOutput.Name(block.Title, text.Width - 20), TextColor.Bold)}  {text.Paint($"{Quantity.Of(view.Total)} in total", TextColor.Dim)}");
        if (view.Rows.Count == 0)
        {
            text.Line("  (no bars)");
            return;
        }

        int name = Math.Min(text.Width * 3 / 10, view.Rows.Max(row => Name(row, int.MaxValue).Length));
        int time = view.Rows.Max(row => Quantity.Of(row.Duration).Format().Length);
        int track = text.Width - name - time - 6;
        foreach (TimelineRow row in view.Rows)
        {
            string bar = text.Paint(TimelineTrack.Draw(view, row, track), TextColors.Of(row.Bar?.Kind));
            text.Line($"  {Name(row, name).PadRight(name)}  {bar}  {Quantity.Of(row.Duration).Format().PadLeft(time)}");
            if (Remark(row) is { Length: > 0 } remark)
            {
                text.Wrapped(new string(' ', 4 + Indent(row)) + "└ ", remark);
            }
        }
    }

    private static int Indent(TimelineRow row) => Math.Min(row.Depth, 8) * 2;

    private static string Name(TimelineRow row, int width) =>
        new string(' ', Indent(row)) + TextOutput.Name(row.Label, Math.Max(4, width - Indent(row)));

    private static string Remark(TimelineRow row)
    {
        string word = row.Bar?.Kind switch
        {
            TimelineBarKind.Failed => "failed",
            TimelineBarKind.Unfinished => "unfinished",
            _ => "",
        };
        return string.Join(": ", new[] { word, TextOutput.Name(row.Bar?.Note) }.Where(part => part.Length > 0));
    }
}
