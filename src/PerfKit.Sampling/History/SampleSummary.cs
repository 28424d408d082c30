namespace PerfKit.Sampling;

/// <summary>The samples of a stretch of time, summed up. Immutable; any thread may read it.</summary>
public sealed class SampleSummary
{
    private readonly FigureRange?[] _figures;

    internal SampleSummary(DateTimeOffset start, TimeSpan length, int samples, FigureRange?[] figures)
    {
        (Start, Length, SampleCount) = (start, length, samples);
        _figures = figures;
    }

    /// <summary>Gets when the stretch begins, in UTC: a whole multiple of the tier's width since midnight.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Gets how long the stretch is; the samples may fill less of it.</summary>
    public TimeSpan Length { get; }

    /// <summary>Gets how many samples there are in it; at least 1.</summary>
    public int SampleCount { get; }

    /// <summary>Gets what a figure was.</summary>
    /// <param name="figure">The figure.</param>
    /// <value><see langword="null"/> when no sample of the stretch had it.</value>
    /// <exception cref="ArgumentOutOfRangeException">There is no such figure.</exception>
    public FigureRange? this[SampleFigure figure] => (uint)figure < (uint)_figures.Length ? _figures[(int)figure]
        : throw new ArgumentOutOfRangeException(nameof(figure), figure, $"Allowed: the names of {nameof(SampleFigure)}.");

    /// <summary>Sums up several stretches as one, as if all samples had been seen together.</summary>
    /// <param name="summaries">In the order of time, which decides what was last; they may have gaps between them.</param>
    /// <returns>One that reaches from the earliest start to the latest end; <see langword="null"/> for none.</returns>
    public static SampleSummary? Merge(IEnumerable<SampleSummary> summaries)
    {
        ArgumentNullException.ThrowIfNull(summaries);
        SampleSummary? merged = null;
        foreach (SampleSummary summary in summaries)
            merged = merged is null ? summary : merged.With(summary);
        return merged;
    }

    private SampleSummary With(SampleSummary later)
    {
        DateTimeOffset start = Start < later.Start ? Start : later.Start;
        DateTimeOffset end = Start + Length > later.Start + later.Length ? Start + Length : later.Start + later.Length;
        var figures = new FigureRange?[_figures.Length];
        for (int i = 0; i < figures.Length; i++)
            figures[i] = _figures[i] is { } left && later._figures[i] is { } right ? left.Merge(right) : _figures[i] ?? later._figures[i];
        return new SampleSummary(start, end - start, SampleCount + later.SampleCount, figures);
    }
}
