namespace PerfKit.Statistics;

/// <summary>A value to come, in the unit of the series.</summary>
/// <param name="Value">The likeliest value.</param>
/// <param name="Low">The lower end of its interval.</param>
/// <param name="High">The upper end of its interval.</param>
public readonly record struct Forecast(double Value, double Low, double High);
