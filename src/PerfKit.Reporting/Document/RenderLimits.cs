namespace PerfKit.Reporting;

/// <summary>How much of a long list each form shows; what is left out is counted and said. JSON always has everything.</summary>
internal static class RenderLimits
{
    public const int HtmlTimelineBars = 300;
    public const int HtmlTimelineLanes = 40;
    public const int HtmlTimelineMarks = 1500;
    public const int HtmlChartColumns = 240;
    public const int HtmlTableRows = 300;
    public const int HtmlMarkers = 50;
    public const int ChartMarkers = 50;
    public const int ChainLinks = 40;
    public const int TextTimelineBars = 60;
    public const int TextTableRows = 200;

    /// <summary>A name longer than this is cut by the forms made for reading a line at a time.</summary>
    public const int TextName = 400;
}
