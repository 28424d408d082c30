namespace PerfKit.Reporting;

/// <summary>What a <see cref="Quantity"/> counts, and so how it is printed.</summary>
public enum Unit
{
    /// <summary>A bare number: <c>0.93</c>.</summary>
    None = 0,

    /// <summary>Seconds, printed in the unit that fits: <c>62 µs</c>, <c>384 ms</c>, <c>1.24 s</c>, <c>2 min 05 s</c>.</summary>
    Seconds,

    /// <summary>Bytes of memory, in binary multiples: <c>64.0 MiB</c>.</summary>
    Bytes,

    /// <summary>Bytes each second, in decimal multiples: <c>12.4 MB/s</c>.</summary>
    BytesPerSecond,

    /// <summary>Processor cores kept busy; 1.0 is one core: <c>0.93 cores</c>.</summary>
    Cores,

    /// <summary>Percent, where 100 is the whole: <c>87 %</c>.</summary>
    Percent,

    /// <summary>A number of things: <c>12 345</c>.</summary>
    Count,

    /// <summary>Things each second: <c>12 345/s</c>.</summary>
    CountPerSecond,

    /// <summary>A score of 0 to 100: <c>87/100</c>.</summary>
    Score,
}
