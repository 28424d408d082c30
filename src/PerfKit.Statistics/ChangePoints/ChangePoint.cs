namespace PerfKit.Statistics;

/// <summary>Where one segment of a series ends and the next begins. Immutable.</summary>
/// <remarks>Levels, slopes and the step are least-squares fits to the two neighboring segments, outliers limited.</remarks>
public sealed record ChangePoint
{
    /// <summary>Gets the position of the first observation of the new segment in the values as given, counted from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets the earliest likely position; with <see cref="LastIndex"/> it covers 95 % of what could be, the neighbors being right.</summary>
    public required int FirstIndex { get; init; }

    /// <summary>Gets the latest likely position, not before <see cref="Index"/>.</summary>
    public required int LastIndex { get; init; }

    /// <summary>
    /// Gets how probable it is that there is a change here rather than none, the other change points being right: from 0.5 to 1,
    /// both included. It is 1 / (1 + exp(−Δ/2)), Δ being what joining the two segments would add to the penalized cost
    /// (R. E. Kass, A. E. Raftery, "Bayes Factors", JASA 90 (1995), 773–795).
    /// </summary>
    public required double Confidence { get; init; }

    /// <summary>Gets the mean of the segment before, in the unit of the values.</summary>
    public required double LevelBefore { get; init; }

    /// <summary>Gets the mean of the segment that begins here, in the unit of the values.</summary>
    public required double LevelAfter { get; init; }

    /// <summary>Gets the drift of the segment before, per position; 0 when a level describes it better than a line.</summary>
    public required double SlopeBefore { get; init; }

    /// <summary>Gets the drift of the segment that begins here, per position; 0 when a level describes it better than a line.</summary>
    public required double SlopeAfter { get; init; }

    /// <summary>
    /// Gets the jump at <see cref="Index"/>: the fit of the new segment there less that of the old one, carried on to there. Near 0
    /// where only the slope changes.
    /// </summary>
    public required double Step { get; init; }
}
