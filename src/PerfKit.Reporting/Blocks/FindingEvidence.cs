namespace PerfKit.Reporting;

/// <summary>A measured figure, and the limit it broke.</summary>
/// <param name="Label">What was measured.</param>
/// <param name="Measured">The figure.</param>
/// <param name="Limit">The limit; <see langword="null"/> when the figure only explains.</param>
/// <param name="Window">How long was measured; <see langword="null"/> for a single reading.</param>
/// <param name="Source">Where the figure comes from; <see langword="null"/> when that is clear.</param>
public sealed record FindingEvidence(
    string Label, Quantity Measured, Quantity? Limit = null, TimeSpan? Window = null, string? Source = null);
