namespace PerfKit.Reporting;

/// <summary>What the reader must know before trusting the figures: "partial: canceled after 3 s", "figures unavailable: …".</summary>
/// <param name="Text">The text; no markup is understood in it.</param>
/// <param name="Tone">How it should strike the reader.</param>
public sealed record NoticeBlock(string Text, FactTone Tone = FactTone.Neutral) : ReportBlock;
