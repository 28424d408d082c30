namespace PerfKit.Sampling;

/// <summary>The last samples of a <see cref="ResourceSampler"/>: a ring that forgets the oldest when it is full, and coarser tiers that reach further back.</summary>
/// <remarks>Any thread may read at any time. One lock serves readers and writer, so what is returned is whole samples that followed
/// one another. Arrays returned are copies and belong to the caller.</remarks>
public sealed class SampleHistory
{
    private static readonly TimeSpan[] TierWidths = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    private readonly Lock _gate = new();
    private readonly HistoryTier[] _tiers;   // each has a lock of its own
    private readonly ResourceSample[] _ring; // guarded by _gate
    private int _next;                       // guarded by _gate
    private int _count;                      // guarded by _gate
    private long _total;                     // guarded by _gate

    /// <param name="capacity">How many samples.</param>
    /// <param name="coarse">How far back the tiers reach; none for zero.</param>
    internal SampleHistory(int capacity, TimeSpan coarse = default)
    {
        _ring = new ResourceSample[capacity];
        _tiers = coarse <= TimeSpan.Zero ? [] : [.. TierWidths.Select(width => new HistoryTier(width, (int)Math.Ceiling(coarse / width)))];
    }

    /// <summary>Gets the coarser memories, finest first: stretches of 10 seconds and of 1 minute, a day back by default.</summary>
    /// <value>Empty when <see cref="ResourceSamplerOptions.CoarseHistory"/> is zero.</value>
    public IReadOnlyList<HistoryTier> Tiers => _tiers;

    /// <summary>Gets the most samples it keeps.</summary>
    public int Capacity => _ring.Length;

    /// <summary>Gets the number of samples it holds now: 0 to <see cref="Capacity"/>.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Gets the number of samples ever added; less <see cref="Count"/>, that is how many it forgot.</summary>
    public long TotalCount
    {
        get
        {
            lock (_gate) return _total;
        }
    }

    /// <summary>Gets the newest sample, or <see langword="null"/> before the first.</summary>
    public ResourceSample? Latest
    {
        get
        {
            lock (_gate) return _count == 0 ? null : _ring[IndexOf(_count - 1)];
        }
    }

    /// <summary>Copies all samples it holds.</summary>
    /// <returns>In the order they were taken, oldest first; empty before the first sample.</returns>
    public ResourceSample[] ToArray()
    {
        lock (_gate)
        {
            var samples = new ResourceSample[_count];
            int start = IndexOf(0);
            int first = Math.Min(_count, _ring.Length - start);
            Array.Copy(_ring, start, samples, 0, first);
            Array.Copy(_ring, 0, samples, first, _count - first);
            return samples;
        }
    }

    /// <summary>Copies the samples taken at <paramref name="start"/> or later.</summary>
    /// <param name="start">The earliest <see cref="ResourceSample.Timestamp"/> wanted, itself included.</param>
    /// <returns>In the order they were taken, oldest first; empty if there is none. After the wall clock was set back, samples are
    /// chosen by the time they bear, not by their place.</returns>
    public ResourceSample[] Since(DateTimeOffset start)
    {
        lock (_gate)
        {
            int wanted = 0;
            for (int i = 0; i < _count; i++)
            {
                if (_ring[IndexOf(i)].Timestamp >= start) wanted++;
            }

            var samples = new ResourceSample[wanted];
            for (int i = 0, at = 0; at < wanted; i++)
            {
                ref readonly ResourceSample sample = ref _ring[IndexOf(i)];
                if (sample.Timestamp >= start) samples[at++] = sample;
            }

            return samples;
        }
    }

    internal void Add(in ResourceSample sample)
    {
        lock (_gate)
        {
            _ring[_next] = sample;
            _next = _next + 1 == _ring.Length ? 0 : _next + 1;
            if (_count < _ring.Length) _count++;
            _total++;
        }

        if (_tiers.Length == 0) return;
        Span<double> figures = stackalloc double[SampleFigures.Count];
        SampleFigures.Read(sample, figures);
        foreach (HistoryTier tier in _tiers) tier.Add(sample.Timestamp, figures);
    }

    /// <summary>Where the sample of this age lies (0 is the oldest). The caller holds the lock.</summary>
    private int IndexOf(int age)
    {
        int index = _next - _count + age;
        return index < 0 ? index + _ring.Length : index;
    }
}
