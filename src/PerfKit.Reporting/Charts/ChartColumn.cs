namespace PerfKit.Reporting;

/// <summary>What one series did in one column of a chart.</summary>
/// <param name="Minimum">The lowest figure; meaningless when <paramref name="Count"/> is 0.</param>
/// <param name="Maximum">The highest figure.</param>
/// <param name="Count">How many figures fell into the column.</param>
/// <param name="IsGap">Whether it was sampled here, but only unknown figures came.</param>
internal readonly record struct ChartColumn(double Minimum, double Maximum, int Count, bool IsGap)
{
    public ChartColumn With(double? value)
    {
        if (value is not { } figure || !double.IsFinite(figure))
        {
            return Count > 0 ? this : this with { IsGap = true };
        }

        // Beyond this, sums and differences of two figures would overflow; nobody measures there.
        figure = Math.Clamp(figure, -1e300, 1e300);
        return Count == 0
            ? new ChartColumn(figure, figure, 1, false)
            : new ChartColumn(Math.Min(Minimum, figure), Math.Max(Maximum, figure), Count + 1, false);
    }
}
