namespace PerfKit.Analysis;

/// <summary>The unit of a measured figure.</summary>
public enum MeasureUnit
{
    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Bytes a second.</summary>
    BytesPerSecond,

    /// <summary>Things a second.</summary>
    CountPerSecond,

    /// <summary>CPU cores kept busy; 1 is one core.</summary>
    Cores,

    /// <summary>Percent, 0 to 100.</summary>
    Percent,

    /// <summary>A plain number of things.</summary>
    Count,
}

/// <summary>A measured figure, beside the limit it broke where there is one. Immutable.</summary>
/// <param name="Measure">What was measured, in words.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Unit of the figure and of its limit.</param>
/// <param name="Limit">The warning limit; <c>null</c> for a figure that only explains.</param>
/// <param name="Window">How long it was measured; <c>null</c> where that has no meaning.</param>
public sealed record Evidence(string Measure, double Value, MeasureUnit Unit, double? Limit = null, TimeSpan? Window = null);
