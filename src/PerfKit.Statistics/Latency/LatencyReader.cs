using System.Globalization;

namespace PerfKit.Statistics;

/// <summary>Reads a histogram's bytes, of which none is trusted.</summary>
internal ref struct LatencyReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public void Version(byte expected)
    {
        if (_bytes.IsEmpty)
            throw Wrong("it is empty");
        if (_bytes[0] != expected)
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"version {_bytes[0]}; allowed: {expected}"));
        _at = 1;
    }

    public long Number(string name, long lowest, long highest)
    {
        if (highest < lowest)
            throw Wrong($"{name} is one too many");
        ulong number = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            if (_at == _bytes.Length)
                throw Wrong($"{name} is cut off");
            byte next = _bytes[_at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80)
                continue;
            if (next == 0 && shift > 0)
                throw Wrong($"{name} is not in its shortest form");
            return (long)number >= lowest && (long)number <= highest
                ? (long)number
                : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{name} is {number}; allowed: {lowest} to {highest}"));
        }
        throw Wrong($"{name} is too long for a number");
    }

    public readonly void End()
    {
        if (_at != _bytes.Length)
            throw Wrong("something follows it");
    }

    public readonly FormatException Wrong(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"The latency histogram cannot be read: {what} (byte {_at} of {_bytes.Length})."));
}
