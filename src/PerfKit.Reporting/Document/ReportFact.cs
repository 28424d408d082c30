namespace PerfKit.Reporting;

/// <summary>One headline figure, shown before everything else.</summary>
/// <param name="Label">What the figure is, in two or three words.</param>
/// <param name="Value">The figure.</param>
/// <param name="Note">What puts it into proportion, such as the limit; <see langword="null"/> for none.</param>
/// <param name="Tone">How it should strike the reader.</param>
public sealed record ReportFact(string Label, Quantity Value, string? Note = null, FactTone Tone = FactTone.Neutral);
