namespace PerfKit.Reporting;

internal static class TextColors
{
    public static TextColor Of(FactTone tone) => tone switch
    {
        FactTone.Good => TextColor.Green,
        FactTone.Warning => TextColor.Yellow,
        FactTone.Bad => TextColor.Red,
        _ => TextColor.Plain,
    };

    public static TextColor Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => TextColor.BoldRed,
        FindingSeverity.High => TextColor.Yellow,
        FindingSeverity.Medium => TextColor.Blue,
        _ => TextColor.Dim,
    };

    public static TextColor Of(TimelineBarKind? kind) => kind switch
    {
        TimelineBarKind.Essential => TextColor.Blue,
        TimelineBarKind.Optional => TextColor.Cyan,
        TimelineBarKind.Background => TextColor.Magenta,
        TimelineBarKind.Failed => TextColor.Red,
        TimelineBarKind.Unfinished => TextColor.Yellow,
        _ => TextColor.Dim,
    };
}
