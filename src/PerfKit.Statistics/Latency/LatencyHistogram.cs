namespace PerfKit.Statistics;

/// <summary>
/// How many durations fell into each of 1,205 fixed buckets from 0 ns to 1 hour, 32 for each power of two (single nanoseconds
/// below 64 ns), with their sum, least and greatest. Immutable.
/// </summary>
/// <remarks>
/// Histograms of the same durations are equal whatever recorded them: those of threads, windows and machines can be merged
/// without loss, and one that was taken earlier can be subtracted. Counts and sums stop at the greatest <see cref="long"/>.
/// </remarks>
public sealed partial class LatencyHistogram : IEquatable<LatencyHistogram>
{
    /// <summary>A quantile is off by no more than this part of the true one: half a bucket.</summary>
    public const double MaxRelativeError = 1.0 / (2 * LatencyBuckets.PerOctave);

    /// <summary>One hour. Longer durations count as this.</summary>
    public const long LongestNanoseconds = LatencyBuckets.Longest;

    // From the first bucket that is not empty to the last one.
    private readonly int _first;
    private readonly long[] _counts;
    private readonly long _minimum;
    private readonly long _maximum;

    private LatencyHistogram(int first, long[] counts, long sum, long minimum, long maximum)
    {
        _first = first;
        _counts = counts;
        SumNanoseconds = sum;
        _minimum = minimum;
        _maximum = maximum;
        foreach (long count in counts)
            Count = Saturated.Add(Count, count);
    }

    /// <summary>The histogram of no duration.</summary>
    public static LatencyHistogram Empty { get; } = new(0, [], 0, 0, 0);

    /// <summary>How many durations.</summary>
    public long Count { get; }

    /// <summary>All durations added up, in nanoseconds.</summary>
    public long SumNanoseconds { get; }

    /// <summary>The mean; <c>null</c> without durations.</summary>
    public double? MeanNanoseconds => Count == 0 ? null : (double)SumNanoseconds / Count;

    /// <summary>
    /// The shortest duration, exact unless <see cref="Since"/> made this histogram, then within <see cref="MaxRelativeError"/>;
    /// <c>null</c> without durations.
    /// </summary>
    public long? MinimumNanoseconds => Count == 0 ? null : _minimum;

    /// <summary>The longest duration, as <see cref="MinimumNanoseconds"/>.</summary>
    public long? MaximumNanoseconds => Count == 0 ? null : _maximum;

    /// <summary>
    /// The least duration that at least this share of all durations do not exceed: the inverse of the distribution function,
    /// definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
    /// </summary>
    /// <param name="probability">From 0 (the shortest) to 1 (the longest), both included.</param>
    /// <returns>Nanoseconds, within <see cref="MaxRelativeError"/> of the true quantile; <c>null</c> without durations.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is outside [0, 1] or NaN.</exception>
    public long? Quantile(double probability)
    {
        if (!(probability is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is from 0 to 1.");
        if (Count == 0)
            return null;

        // Decimal, because 0.07 × 100 is above 7 in binary, and would be the 8th.
        decimal rank = Math.Ceiling((decimal)probability * Count);
        if (rank <= 1)
            return _minimum;
        if (rank >= Count)
            return _maximum;
        long seen = 0;
        int i = -1;
        while (seen < rank)
            seen = Saturated.Add(seen, _counts[++i]);
        return Math.Clamp(LatencyBuckets.MiddleOf(_first + i), _minimum, _maximum);
    }

    /// <summary>The histogram of this one's durations and another's.</summary>
    /// <param name="other">Of another thread, window or machine.</param>
    /// <returns>The same as if one recorder had recorded both.</returns>
    public LatencyHistogram Merge(LatencyHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count == 0)
            return this;
        if (Count == 0)
            return other;
        int first = Math.Min(_first, other._first);
        var counts = new long[Math.Max(End, other.End) - first];
        _counts.CopyTo(counts, _first - first);
        for (int i = 0; i < other._counts.Length; i++)
        {
            ref long count = ref counts[other._first + i - first];
            count = Saturated.Add(count, other._counts[i]);
        }
        return new LatencyHistogram(first, counts, Saturated.Add(SumNanoseconds, other.SumNanoseconds),
            Math.Min(_minimum, other._minimum), Math.Max(_maximum, other._maximum));
    }

    /// <summary>The durations that were recorded since an earlier histogram of the same recorder.</summary>
    /// <param name="earlier">Taken before this one. Of another recorder, it takes away what it can and no more.</param>
    /// <returns>
    /// Their histogram. A new least or greatest duration is kept exactly; where the window has none, the middle of its first or
    /// last bucket stands for it.
    /// </returns>
    public LatencyHistogram Since(LatencyHistogram earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (earlier.Count == 0)
            return this;
        var counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = Math.Max(0, _counts[i] - earlier.CountIn(_first + i));
        return Of(_first, counts, SumNanoseconds - earlier.SumNanoseconds,
            _minimum < earlier._minimum ? _minimum : null, _maximum > earlier._maximum ? _maximum : null);
    }

    /// <inheritdoc/>
    public bool Equals(LatencyHistogram? other) =>
        other is not null && _first == other._first && SumNanoseconds == other.SumNanoseconds && _minimum == other._minimum
        && _maximum == other._maximum && _counts.AsSpan().SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LatencyHistogram);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, Count, SumNanoseconds, _minimum, _maximum);

    /// <summary>
    /// Makes a histogram of counters that may have been read while they were written: figures that cannot be true of the
    /// counters are moved to the nearest that can. A least or greatest that is unknown becomes the middle of its bucket.
    /// </summary>
    internal static LatencyHistogram Of(int first, ReadOnlySpan<long> counts, long sum, long? minimum, long? maximum)
    {
        int start = counts.IndexOfAnyExcept(0);
        if (start < 0)
            return Empty;
        int last = counts.LastIndexOfAnyExcept(0);
        ReadOnlySpan<long> used = counts[start..(last + 1)];
        (long least, long most) = SumsOf(first + start, used);
        sum = Math.Clamp(sum, least, most);
        if (used.Length == 1 && used[0] == 1)
            minimum = maximum = sum;
        long low = Within(first + start, minimum);
        return new LatencyHistogram(first + start, used.ToArray(), sum, low,
            Math.Max(low, Within(first + last, maximum)));
    }

    private int End => _first + _counts.Length;

    private long CountIn(int bucket) => bucket >= _first && bucket < End ? _counts[bucket - _first] : 0;

    private static long Within(int bucket, long? value) => value is { } known
        ? Math.Clamp(known, LatencyBuckets.LowestOf(bucket), LatencyBuckets.HighestOf(bucket))
        : LatencyBuckets.MiddleOf(bucket);

    /// <summary>Between which sums the durations of these counters must add up.</summary>
    private static (long Least, long Most) SumsOf(int first, ReadOnlySpan<long> counts)
    {
        Int128 least = 0, most = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            least += (Int128)counts[i] * LatencyBuckets.LowestOf(first + i);
            most += (Int128)counts[i] * LatencyBuckets.HighestOf(first + i);
        }
        return (Saturated.Of(least), Saturated.Of(most));
    }
}
