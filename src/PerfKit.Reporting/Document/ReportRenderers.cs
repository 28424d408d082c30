namespace PerfKit.Reporting;

/// <summary>The renderers that come with PerfKit.</summary>
public static class ReportRenderers
{
    /// <summary>For a console of 100 columns, without color; <c>.txt</c>.</summary>
    public static IReportRenderer Text { get; } = new TextReportRenderer(new TextRendererOptions());

    /// <summary>GitHub-flavored Markdown; <c>.md</c>.</summary>
    public static IReportRenderer Markdown { get; } = new MarkdownReportRenderer();

    /// <summary>The document itself, to be read back by <see cref="ReportDocument.FromJson"/>; <c>.json</c>.</summary>
    public static IReportRenderer Json { get; } = new JsonReportRenderer();

    /// <summary>One HTML file that needs no network; <c>.html</c>.</summary>
    public static IReportRenderer Html { get; } = new HtmlReportRenderer();

    /// <summary>Timelines and charts as a trace for ui.perfetto.dev or chrome://tracing; <c>.trace</c>.</summary>
    public static IReportRenderer Trace { get; } = new TraceReportRenderer();

    internal static IReadOnlyList<IReportRenderer> All { get; } = [Text, Markdown, Json, Html, Trace];

    /// <summary>A text renderer for another width, with color, or in brief.</summary>
    /// <param name="options">How to write.</param>
    public static IReportRenderer CreateText(TextRendererOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TextReportRenderer(options);
    }
}
