namespace PerfKit.Analysis;

/// <summary>
/// Advises on bottlenecks of any rule, beside the advice of the detector that found them: what only your application knows.
/// A pure function: it keeps no state, reads no clock and does no I/O, so any thread may call it at any time.
/// </summary>
public interface IRecommendationRule
{
    /// <summary>Says what to do about a bottleneck.</summary>
    /// <param name="bottleneck">A root cause, with what it brought about; of a detector of PerfKit's or your own.</param>
    /// <param name="observations">What was measured.</param>
    /// <returns>
    /// Advice, the best first; empty when it has none. It comes after the detector's own. One without evidence or without actions is
    /// refused, and named in <see cref="AnalysisResult.Failures"/>.
    /// </returns>
    IReadOnlyList<Recommendation> Recommend(Bottleneck bottleneck, Observations observations);
}
