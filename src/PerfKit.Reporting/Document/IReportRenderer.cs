namespace PerfKit.Reporting;

/// <summary>Turns a document into one form of text. Implementations keep no state and are safe to share between threads.</summary>
public interface IReportRenderer
{
    /// <summary>The media type of the output, such as <c>text/html</c>.</summary>
    string MediaType { get; }

    /// <summary>The usual extension of a file with the output, with its dot: <c>.html</c>.</summary>
    string FileExtension { get; }

    /// <summary>Writes the document, with <c>\n</c> line ends, the same in every culture.</summary>
    /// <param name="document">What to render.</param>
    /// <param name="output">Where to; neither flushed nor disposed.</param>
    void Render(ReportDocument document, TextWriter output);
}
