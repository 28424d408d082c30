namespace PerfKit.Sampling;

/// <summary>What a figure was in several samples. Immutable.</summary>
/// <param name="Minimum">The least of it.</param>
/// <param name="Mean">The mean over the samples that had it.</param>
/// <param name="Maximum">The most of it.</param>
/// <param name="Last">What it was in the last sample that had it.</param>
/// <param name="Count">How many samples had it; at least 1.</param>
public readonly record struct FigureRange(double Minimum, double Mean, double Maximum, double Last, int Count)
{
    /// <summary>One value.</summary>
    internal static FigureRange Of(double value) => new(value, value, value, value, 1);

    /// <summary>This and what came later, as if all had been seen together.</summary>
    /// <param name="later">Of the same figure.</param>
    /// <returns>Minimum, maximum and last as they are; the mean weighted by the counts.</returns>
    public FigureRange Merge(FigureRange later)
    {
        int count = Count + later.Count;
        return new FigureRange(
            Math.Min(Minimum, later.Minimum),
            Mean + ((later.Mean - Mean) * ((double)later.Count / count)), // no sum that could overflow, and a constant stays itself
            Math.Max(Maximum, later.Maximum),
            later.Last,
            count);
    }
}
