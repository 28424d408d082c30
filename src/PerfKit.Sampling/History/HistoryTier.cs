namespace PerfKit.Sampling;

/// <summary>A coarse memory of samples: for each stretch of one width, every figure's least, mean, most and last.</summary>
/// <remarks>
/// <para>A ring that forgets the oldest stretch when it is full; a stretch without samples takes no place. Figures are kept to seven digits. Any thread
/// may read at any time; what is returned belongs to the caller.</para>
/// <para>Stretches follow the samples' wall clock. When that is set back, a new stretch begins, and there are two with one start.</para>
/// </remarks>
public sealed class HistoryTier
{
    private readonly Lock _gate = new();
    private readonly SummaryRing _ring;                                       // guarded by _gate, as is all below
    private readonly FigureRange[] _open = new FigureRange[SampleFigures.Count]; // a count of 0 where no sample had the figure
    private long _openStart;
    private int _openCount; // 0 before the first sample

    internal HistoryTier(TimeSpan width, int capacity)
    {
        Width = width;
        _ring = new SummaryRing(capacity);
    }

    /// <summary>Gets how long each stretch is.</summary>
    public TimeSpan Width { get; }

    /// <summary>Gets the most stretches it keeps, the one that goes on not counted.</summary>
    public int Capacity => _ring.Capacity;

    /// <summary>Gets the stretches it remembers.</summary>
    /// <returns>Oldest first, the one that goes on last; empty before the first sample.</returns>
    public SampleSummary[] ToArray() => Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Gets the stretches of a window.</summary>
    /// <param name="start">The window's start; a stretch that reaches into the window is wanted.</param>
    /// <param name="end">The window's end, itself not included.</param>
    /// <returns>Oldest first, the one that goes on included; empty if there is none. <see cref="SampleSummary.Merge"/> makes one of them.</returns>
    public SampleSummary[] Between(DateTimeOffset start, DateTimeOffset end)
    {
        var found = new List<SampleSummary>();
        lock (_gate)
        {
            for (int age = 0; age < _ring.Count; age++)
            {
                if (IsWanted(_ring.StartOf(age), start, end)) found.Add(_ring.Read(age, Width));
            }

            if (_openCount > 0 && IsWanted(_openStart, start, end))
                found.Add(new SampleSummary(new DateTimeOffset(_openStart, TimeSpan.Zero), Width, _openCount, [.. _open.Select(figure => figure.Count > 0 ? figure : (FigureRange?)null)]));
        }

        return [.. found];
    }

    /// <param name="timestamp">The sample's.</param>
    /// <param name="figures">Its figures, by <see cref="SampleFigure"/>; NaN for one that is missing.</param>
    internal void Add(DateTimeOffset timestamp, ReadOnlySpan<double> figures)
    {
        long at = timestamp.UtcTicks;
        long start = at - (at % Width.Ticks);
        lock (_gate)
        {
            if (start != _openStart && _openCount > 0)
            {
                _ring.Add(_openStart, _openCount, _open);
                Array.Clear(_open);
                _openCount = 0;
            }

            _openStart = start;
            if (_openCount < int.MaxValue) _openCount++;
            for (int i = 0; i < figures.Length; i++)
            {
                if (!double.IsNaN(figures[i])) _open[i] = _open[i].Count == 0 ? FigureRange.Of(figures[i]) : _open[i].Merge(FigureRange.Of(figures[i]));
            }
        }
    }

    private bool IsWanted(long stretch, DateTimeOffset start, DateTimeOffset end) =>
        stretch + Width.Ticks > start.UtcTicks && stretch < end.UtcTicks;
}
