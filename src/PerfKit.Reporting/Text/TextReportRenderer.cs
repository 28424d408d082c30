using System.Globalization;

namespace PerfKit.Reporting;

/// <summary>A report for a console; what each block looks like is in the file of that block.</summary>
internal sealed class TextReportRenderer(TextRendererOptions options) : IReportRenderer
{
    public string MediaType => "text/plain";

    public string FileExtension => ".txt";

    public void Render(ReportDocument document, TextWriter output)
    {
        var text = new TextOutput(output, options);
        text.Line(text.Paint(TextOutput.Name(document.Title, text.Width), TextColor.Bold));
        if (!string.IsNullOrEmpty(document.Subtitle))
        {
            text.Wrapped("", document.Subtitle);
        }

        text.Line(text.Paint(document.CreatedAt.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture), TextColor.Dim));
        WriteFacts(text, document.Facts);
        ReportSection[] shown = [.. text.IsBrief ? document.Sections.Select(Brief).OfType<ReportSection>() : document.Sections];
        foreach (ReportSection section in shown)
        {
            WriteSection(text, section);
        }

        if (shown.Length < document.Sections.Count)
        {
            string titles = string.Join(", ", document.Sections.Where(section => Brief(section) is null).Select(section => TextOutput.Name(section.Title)));
            text.Line();
            text.Wrapped("", $"Left out here: evidence and reasons; {titles}.");
        }
    }

    /// <summary>What a brief rendering shows of a section; <see langword="null"/> for nothing.</summary>
    private static ReportSection? Brief(ReportSection section) =>
        section.Blocks.Any(block => block is FindingsBlock or AdviceBlock) || (section.Blocks.Count > 0 && section.Blocks.All(block => block is NoticeBlock))
        ? section with { Blocks = [.. section.Blocks.Where(block => block is FindingsBlock or AdviceBlock or NoticeBlock)] }
        : null;

    private static void WriteFacts(TextOutput text, IReadOnlyList<ReportFact> facts)
    {
        if (facts.Count == 0)
        {
            return;
        }

        int label = Math.Min(32, facts.Max(fact => TextOutput.Name(fact.Label).Length));
        int figure = facts.Max(fact => fact.Value.Format().Length);
        text.Line();
        foreach (ReportFact fact in facts)
        {
            string name = TextOutput.Name(fact.Label, label).PadRight(label);
            string value = text.Paint(fact.Value.Format().PadLeft(figure), TextColors.Of(fact.Tone));
            string mark = fact.Tone switch { FactTone.Bad => "!!", FactTone.Warning => "! ", _ => "  " };
            string note = TextOutput.Name(fact.Note, Math.Max(8, text.Width - label - figure - 10));
            text.Line($"  {name}  {value} {text.Paint(mark, TextColors.Of(fact.Tone))}  {text.Paint(note, TextColor.Dim)}");
        }
    }

    private static void WriteSection(TextOutput text, ReportSection section)
    {
        string title = TextOutput.Name(section.Title, text.Width);
        text.Line();
        text.Line();
        text.Line(text.Paint(title, TextColor.Bold));
        text.Line(text.Paint(new string('═', Math.Max(title.Length, 3)), TextColor.Dim));
        if (!string.IsNullOrEmpty(section.Summary))
        {
            text.Wrapped("", section.Summary);
        }

        foreach (ReportBlock block in section.Blocks)
        {
            text.Line();
            WriteBlock(text, block);
        }

        if (section.Blocks.Count == 0)
        {
            text.Line("(nothing to show)");
        }
    }

    private static void WriteBlock(TextOutput text, ReportBlock block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph: WriteParagraph(text, paragraph); break;
            case NoticeBlock notice: WriteNotice(text, notice); break;
            case TableBlock table: TextTable.Write(text, table); break;
            case TimelineBlock timeline: TextTimeline.Write(text, timeline); break;
            case ChainBlock chain: TextChain.Write(text, chain); break;
            case ChartBlock chart: TextChart.Write(text, chart); break;
            case FindingsBlock findings: TextFindings.Write(text, findings); break;
            case AdviceBlock advice: TextAdvice.Write(text, advice); break;
        }
    }

    private static void WriteParagraph(TextOutput text, ParagraphBlock block)
    {
        foreach (string line in block.Text.ReplaceLineEndings("\n").Split('\n'))
        {
            text.Wrapped("", line);
        }
    }

    private static void WriteNotice(TextOutput text, NoticeBlock block)
    {
        string lead = block.Tone switch { FactTone.Good => "ok: ", FactTone.Warning => "warning: ", FactTone.Bad => "problem: ", _ => "note: " };
        text.Wrapped(lead, block.Text, TextColors.Of(block.Tone));
    }
}
