namespace PerfKit.Reporting;

/// <summary>A bar of a timeline in block characters, to an eighth of a character.</summary>
internal static class TimelineTrack
{
    // Left-aligned eighths; their right-aligned counterparts do not exist in every font, so beginnings are whole cells.
    private const string Eighths = " ▏▎▍▌▋▊▉";

    public static string Draw(TimelineView view, TimelineRow row, int width)
    {
        (char full, bool fine) = row.Bar switch
        {
            null => ('░', false),
            { Kind: TimelineBarKind.Unfinished } => ('▒', false),
            { Kind: TimelineBarKind.Dependency } => ('▓', false),
            _ => ('█', true),
        };
        int start = Math.Min((int)(view.Position(row.Start) * width), width - 1);
        double length = Math.Max(view.Position(row.End) * width - start, 0);
        int whole = Math.Min((int)length, width - start);
        int rest = fine && start + whole < width ? (int)((length - whole) * 8) : 0;
        string bar = new string(full, whole) + (rest > 0 ? Eighths[rest] : "");

        // Whatever is too short for that is still there.
        bar = bar.Length > 0 ? bar : fine ? "▏" : full.ToString();
        return (new string(' ', start) + bar).PadRight(width);
    }
}
