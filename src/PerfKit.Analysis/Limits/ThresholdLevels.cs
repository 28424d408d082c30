namespace PerfKit.Analysis;

/// <summary>The two levels of a threshold, in the unit that its definition names. Immutable.</summary>
/// <param name="Warning">The level from which a figure is too much, or too little where low is worse.</param>
/// <param name="Critical">The level from which it is bad; <c>null</c> to follow the warning level.</param>
public sealed record ThresholdLevels(double Warning, double? Critical = null);
