namespace PerfKit.Reporting;

/// <summary>A line of a timeline as it is drawn: a bar, or the stand-in for several that were folded away.</summary>
internal sealed record TimelineRow(TimelineBar? Bar, int Depth, TimeSpan Start, TimeSpan Duration, int FoldedCount)
{
    public TimeSpan End => TimelineTree.Add(Start, Duration);

    public string Label => Bar?.Label ?? string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"+ {FoldedCount} shorter {(FoldedCount == 1 ? "bar" : "bars")}");
}
