using System.Runtime.CompilerServices;

namespace PerfKit.Statistics;

/// <summary>
/// Records durations into a log-linear histogram. One thread at a time may write; any thread may read meanwhile, and neither
/// waits for the other.
/// </summary>
/// <remarks>
/// <para>Recording costs a few plain writes and allocates nothing, except when a duration falls into a power of two that was
/// not seen before: 256 bytes are kept for each from the shortest to the longest, so at most 9.7 kB.</para>
/// <para>A reader sees every duration that was recorded before it began, each once; one that is being recorded may be in its
/// histogram or not. In a process of 32 bits a reader may see a counter half written.</para>
/// </remarks>
public class LatencyRecorder
{
    // The counters of neighboring buckets, behind one slot that says which bucket comes first, so that a reader gets both in
    // one read. Only the writer replaces the array, by a longer one; the old one then stays as it was.
    private long[] _counts = [0];
    private PaddedFigures _figures = new() { Minimum = long.MaxValue };

    /// <summary>Records one duration.</summary>
    /// <param name="nanoseconds">From 0 to <see cref="LatencyHistogram.LongestNanoseconds"/>; what lies outside counts as the nearer end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(long nanoseconds)
    {
        nanoseconds = LatencyBuckets.Clamp(nanoseconds);
        int offset = LatencyBuckets.IndexOf(nanoseconds) - _figures.First;
        long[] counts = _counts;
        if ((uint)offset >= (uint)(counts.Length - 1))
        {
            RecordBeyond(nanoseconds);
            return;
        }
        counts[offset + 1]++;
        AddFigures(nanoseconds);
    }

    /// <summary>Forgets everything. For the writer only; a reader meanwhile may see a part.</summary>
    public void Reset()
    {
        _figures = new PaddedFigures { Minimum = long.MaxValue };
        Volatile.Write(ref _counts, [0]);
    }

    /// <summary>Adds what another recorder has recorded so far. For the writer of this one; the other may be in use.</summary>
    /// <param name="other">The recorder to read.</param>
    public void Add(LatencyRecorder other)
    {
        ArgumentNullException.ThrowIfNull(other);
        long[] counts = Volatile.Read(ref other._counts);
        if (counts.Length == 1)
            return;
        int first = (int)counts[0];
        Include(first, counts.Length - 1);
        Span<long> mine = _counts.AsSpan(first - _figures.First + 1, counts.Length - 1);
        for (int i = 0; i < mine.Length; i++)
            mine[i] = Saturated.Add(mine[i], Volatile.Read(ref counts[i + 1]));
        ref PaddedFigures figures = ref other._figures;
        _figures.Sum = Saturated.Add(_figures.Sum, Volatile.Read(ref figures.Sum));
        _figures.Minimum = Math.Min(_figures.Minimum, Volatile.Read(ref figures.Minimum));
        _figures.Maximum = Math.Max(_figures.Maximum, Volatile.Read(ref figures.Maximum));
    }

    /// <summary>What was recorded so far.</summary>
    /// <returns>A histogram that later records do not change.</returns>
    public LatencyHistogram ToHistogram()
    {
        long[] counts = Volatile.Read(ref _counts);
        var seen = new long[counts.Length - 1]; // what is derived below must all be derived from the same counts
        for (int i = 0; i < seen.Length; i++)
            seen[i] = Volatile.Read(ref counts[i + 1]);
        return LatencyHistogram.Of((int)counts[0], seen, Volatile.Read(ref _figures.Sum),
            Volatile.Read(ref _figures.Minimum), Volatile.Read(ref _figures.Maximum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddFigures(long nanoseconds)
    {
        _figures.Sum += nanoseconds;
        if (nanoseconds > _figures.Maximum)
            _figures.Maximum = nanoseconds;
        if (nanoseconds < _figures.Minimum)
            _figures.Minimum = nanoseconds;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordBeyond(long nanoseconds)
    {
        int index = LatencyBuckets.IndexOf(nanoseconds);
        Include(index, 1);
        _counts[index - _figures.First + 1]++;
        AddFigures(nanoseconds);
    }

    // Whole octaves, so that the array is replaced seldom.
    private void Include(int first, int length)
    {
        int end = first + length;
        int known = _counts.Length - 1;
        if (first >= _figures.First && end <= _figures.First + known)
            return;
        if (known > 0)
        {
            first = Math.Min(first, _figures.First);
            end = Math.Max(end, _figures.First + known);
        }
        first -= first % LatencyBuckets.PerOctave;
        end = Math.Min(LatencyBuckets.Count, (end + LatencyBuckets.PerOctave - 1) / LatencyBuckets.PerOctave * LatencyBuckets.PerOctave);
        var counts = new long[end - first + 1];
        counts[0] = first;
        if (known > 0)
            _counts.AsSpan(1).CopyTo(counts.AsSpan(_figures.First - first + 1));
        _figures.First = first;
        Volatile.Write(ref _counts, counts);
    }
}
