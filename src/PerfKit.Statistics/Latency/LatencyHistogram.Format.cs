namespace PerfKit.Statistics;

public sealed partial class LatencyHistogram
{
    private const byte FormatVersion = 1;

    // version, buckets used; then, unless none: least, greatest − least, sum, and for each bucket used how many empty ones
    // precede it and its count. All but the version are LEB128 numbers in their shortest form.

    /// <summary>Writes the histogram in a compact form, some 2 to 4 bytes for each bucket that is not empty.</summary>
    /// <returns>The bytes; equal histograms have equal bytes.</returns>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>(16 + 4 * _counts.Length) { FormatVersion };
        Write(bytes, _counts.Length - _counts.AsSpan().Count(0));
        if (Count == 0)
            return [.. bytes];
        Write(bytes, _minimum);
        Write(bytes, _maximum - _minimum);
        Write(bytes, SumNanoseconds);
        int next = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            Write(bytes, _first + i - next);
            Write(bytes, _counts[i]);
            next = _first + i + 1;
        }
        return [.. bytes];
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="bytes">One histogram, and nothing after it.</param>
    /// <returns>The histogram.</returns>
    /// <exception cref="FormatException">The bytes are no histogram of this version; the message says what is wrong, and where.</exception>
    public static LatencyHistogram FromBytes(ReadOnlySpan<byte> bytes)
    {
        var reader = new LatencyReader(bytes);
        reader.Version(FormatVersion);
        int used = (int)reader.Number("the number of buckets", 0, LatencyBuckets.Count);
        if (used == 0)
        {
            reader.End();
            return Empty;
        }
        long minimum = reader.Number("the least duration", 0, LongestNanoseconds);
        long maximum = minimum + reader.Number("the distance to the greatest duration", 0, LongestNanoseconds - minimum);
        long sum = reader.Number("the sum", 0, long.MaxValue);
        int first = LatencyBuckets.IndexOf(minimum);
        var counts = new long[LatencyBuckets.IndexOf(maximum) - first + 1];
        int next = 0;
        for (int i = 0; i < used; i++)
        {
            // The first bucket is the least duration's, the last one the greatest's, and each other lies between.
            int highest = first + counts.Length - 1;
            int bucket = next + (int)reader.Number("a bucket", Math.Max(0, first - next), (i == 0 ? first : highest) - next);
            if (i == used - 1 && bucket != highest)
                throw reader.Wrong("the last bucket is not the greatest duration's");
            counts[bucket - first] = reader.Number("a count", 1, long.MaxValue);
            next = bucket + 1;
        }
        reader.End();
        (long least, long most) = SumsOf(first, counts);
        if (sum < least || sum > most)
            throw reader.Wrong("the sum cannot be that of the buckets");
        return new LatencyHistogram(first, counts, sum, minimum, maximum);
    }

    private static void Write(List<byte> bytes, long number)
    {
        while (number >= 0x80)
        {
            bytes.Add((byte)(number | 0x80));
            number >>= 7;
        }
        bytes.Add((byte)number);
    }
}
