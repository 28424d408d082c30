namespace PerfKit.Sampling;

/// <summary>A line of <c>/proc/diskstats</c>, see the kernel's admin-guide/iostats. Totals since boot. The name refers to the bytes parsed.</summary>
internal readonly ref struct DiskStats
{
    /// <summary>A sector is as long as this in the file, whatever the disk's own sectors are.</summary>
    private const long SectorBytes = 512;

    internal ReadOnlySpan<byte> Name { get; private init; }

    internal DiskCounters Counters { get; private init; }

    /// <summary>Takes the next line off the text; <see langword="false"/> when there is none, or it makes no sense.</summary>
    internal static bool TryNext(ref ReadOnlySpan<byte> text, out DiskStats disk)
    {
        disk = default;
        if (!AsciiFields.TryNextLine(ref text, out ReadOnlySpan<byte> line)) return false;

        var fields = new AsciiFields(line);
        if (!fields.TrySkip(2) || !fields.TryNext(out ReadOnlySpan<byte> name)) return false;                        // major, minor, name
        if (!fields.TryNumber(out long reads) || !fields.TrySkip(1) || !fields.TryNumber(out long sectorsRead)) return false;
        if (!fields.TrySkip(1) || !fields.TryNumber(out long writes) || !fields.TrySkip(1)) return false;
        if (!fields.TryNumber(out long sectorsWritten) || !fields.TrySkip(2) || !fields.TryNumber(out long busy)) return false;
        if (Math.Max(sectorsRead, sectorsWritten) > long.MaxValue / SectorBytes / 4096) return false; // rubbish, of which 4,096 would not add up
        if (Math.Max(reads, writes) > long.MaxValue / 8192 || busy > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond / 4096) return false;

        disk = new DiskStats
        {
            Name = name,
            Counters = new DiskCounters(
                sectorsRead * SectorBytes, sectorsWritten * SectorBytes, reads + writes, new TimeSpan(busy * TimeSpan.TicksPerMillisecond)),
        };
        return true;
    }
}
