namespace PerfKit.Reporting;

/// <summary>Plain prose; no markup is understood in it.</summary>
/// <param name="Text">The text. A line break starts a new paragraph.</param>
public sealed record ParagraphBlock(string Text) : ReportBlock;
