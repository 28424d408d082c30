using System.Runtime.CompilerServices;

namespace PerfKit.Statistics;

/// <summary>
/// The penalized cost of any segment: squared residuals in units of the noise's variance, and log n for each parameter
/// (G. Schwarz, "Estimating the dimension of a model", Annals of Statistics 6 (1978), 461–464). A segment is a level (one
/// parameter) or a straight line (two), whichever costs less, and has a position, which costs what the options say.
/// </summary>
internal sealed class SegmentCosts(RunningSums sums, double variance, double locationCost)
{
    private readonly double _parameter = variance * Math.Log(sums.Count);
    private readonly double _precision = 1 / variance;
    private readonly double _segment = (1 + locationCost) * Math.Log(sums.Count);

    public int Count => sums.Count;

    /// <summary>
    /// Cutting a segment in two adds at most this to its cost: the second segment's own price, and a second slope when the whole
    /// was a line.
    /// </summary>
    public double MostAddedByCut => _segment + Math.Log(sums.Count);

    /// <summary>The cost of the observations from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Of(int start, int end)
    {
        Moments moments = sums.Between(start, end);
        double gained = Math.Max(0, moments.Explained - _parameter);
        return Math.Max(0, moments.ValueSquares - gained) * _precision + _segment;
    }

    public SegmentFit Fit(int start, int end)
    {
        Moments moments = sums.Between(start, end);
        return new SegmentFit(moments.Value, moments.Time, moments.Explained > _parameter ? moments.Slope : 0);
    }
}

/// <summary>A level, or a straight line through (<paramref name="Time"/>, <paramref name="Level"/>); the slope of a level is 0.</summary>
internal readonly record struct SegmentFit(double Level, double Time, double Slope)
{
    public double At(double time) => Level + Slope * (time - Time);
}
