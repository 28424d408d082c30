namespace PerfKit.Analysis;

/// <summary>A figure that is not in samples: of a service, an operation, or one that the application provides.</summary>
/// <param name="Figure">The threshold's key, or the figure's name.</param>
/// <param name="Service">The service or operation; <c>null</c> for the process.</param>
/// <param name="Value">The figure; <c>null</c>, or a number that is not finite, when it is unknown.</param>
public readonly record struct FigureReading(string Figure, string? Service, double? Value);
