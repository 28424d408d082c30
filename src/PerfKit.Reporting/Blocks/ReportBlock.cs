using System.Text.Json.Serialization;

namespace PerfKit.Reporting;

/// <summary>A piece of a section. The kinds are fixed: every renderer knows all of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ParagraphBlock), "paragraph")]
[JsonDerivedType(typeof(NoticeBlock), "notice")]
[JsonDerivedType(typeof(TableBlock), "table")]
[JsonDerivedType(typeof(TimelineBlock), "timeline")]
[JsonDerivedType(typeof(ChainBlock), "chain")]
[JsonDerivedType(typeof(ChartBlock), "chart")]
[JsonDerivedType(typeof(FindingsBlock), "findings")]
[JsonDerivedType(typeof(AdviceBlock), "advice")]
public abstract record ReportBlock
{
    private protected ReportBlock()
    {
    }
}
