namespace PerfKit.Sampling;

/// <summary>What a disk has done, since the machine started or in a window.</summary>
/// <param name="ReadBytes">Bytes read.</param>
/// <param name="WrittenBytes">Bytes written.</param>
/// <param name="Operations">Reads and writes that have ended; neighbors that the kernel merged count as one.</param>
/// <param name="Busy">Time with at least one operation under way.</param>
public readonly record struct DiskCounters(long ReadBytes, long WrittenBytes, long Operations, TimeSpan Busy)
{
    internal DiskCounters Plus(DiskCounters other) => new(
        ReadBytes + other.ReadBytes, WrittenBytes + other.WrittenBytes, Operations + other.Operations, Busy + other.Busy);

    /// <summary>The growth since then; <see langword="null"/> when a counter went back, as for a device that was replaced.</summary>
    internal DiskCounters? Since(DiskCounters earlier)
    {
        var growth = new DiskCounters(
            ReadBytes - earlier.ReadBytes, WrittenBytes - earlier.WrittenBytes, Operations - earlier.Operations, Busy - earlier.Busy);
        return growth is { ReadBytes: >= 0, WrittenBytes: >= 0, Operations: >= 0, Busy.Ticks: >= 0 } ? growth : null;
    }
}
