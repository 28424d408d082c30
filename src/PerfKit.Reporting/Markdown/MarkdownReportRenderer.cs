using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>GitHub-flavored Markdown; what each block looks like is in the file of that block.</summary>
internal sealed class MarkdownReportRenderer : IReportRenderer
{
    public string MediaType => "text/markdown";

    public string FileExtension => ".md";

    public void Render(ReportDocument document, TextWriter output)
    {
        var markdown = new MarkdownOutput(output);
        markdown.Paragraph($"# {MarkdownText.Escape(document.Title)}");
        if (!string.IsNullOrEmpty(document.Subtitle))
        {
            markdown.Paragraph(MarkdownText.Escape(document.Subtitle));
        }

        markdown.Paragraph($"*{document.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)}*");
        WriteFacts(markdown, document.Facts);
        foreach (ReportSection section in document.Sections)
        {
            markdown.Paragraph($"## {MarkdownText.Escape(section.Title)}");
            if (!string.IsNullOrEmpty(section.Summary))
            {
                markdown.Paragraph(MarkdownText.Escape(section.Summary));
            }

            foreach (ReportBlock block in section.Blocks)
            {
                WriteBlock(markdown, block);
            }

            if (section.Blocks.Count == 0)
            {
                markdown.Paragraph("*Nothing to show.*");
            }
        }
    }

    private static void WriteFacts(MarkdownOutput markdown, IReadOnlyList<ReportFact> facts)
    {
        if (facts.Count > 0)
        {
            markdown.Table(
                [("", ColumnAlignment.Left), ("", ColumnAlignment.Right), ("", ColumnAlignment.Left)],
                facts.Select(fact => new[]
                {
                    $"{MarkdownOutput.Mark(fact.Tone)}{MarkdownText.Escape(fact.Label)}", $"**{fact.Value}**", MarkdownText.Escape(fact.Note),
                }));
        }
    }

    private static void WriteBlock(MarkdownOutput markdown, ReportBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                foreach (string line in paragraph.Text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    markdown.Paragraph(MarkdownText.Escape(line));
                }

                break;
            case NoticeBlock notice: markdown.Paragraph($"> [!{Alert(notice.Tone)}]\n> {MarkdownText.Escape(notice.Text)}"); break;
            case TableBlock table: MarkdownFigures.Write(markdown, table); break;
            case TimelineBlock timeline: MarkdownFigures.Write(markdown, timeline); break;
            case ChainBlock chain: MarkdownFigures.Write(markdown, chain); break;
            case ChartBlock chart: MarkdownFigures.Write(markdown, chart); break;
            case FindingsBlock findings: MarkdownFindings.Write(markdown, findings); break;
            case AdviceBlock advice: MarkdownAdvice.Write(markdown, advice); break;
        }
    }

    // GitHub's own words for a colored quotation.
    private static string Alert(FactTone tone) => tone switch
    {
        FactTone.Good => "TIP",
        FactTone.Warning => "WARNING",
        FactTone.Bad => "CAUTION",
        _ => "NOTE",
    };
}
