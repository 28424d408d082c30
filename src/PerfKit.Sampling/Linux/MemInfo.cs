namespace PerfKit.Sampling;

/// <summary><c>/proc/meminfo</c>, see proc_meminfo(5).</summary>
internal static class MemInfo
{
    /// <summary>The line MemAvailable (since Linux 3.14), among the first; its "kB" is 1024 bytes.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> memInfo, out long availableBytes)
    {
        availableBytes = 0;
        if (!AsciiFields.TryFindLine(memInfo, "MemAvailable:"u8, out AsciiFields fields)) return false;
        if (!fields.TryNumber(out long kibibytes) || kibibytes > long.MaxValue / 1024) return false;
        if (!fields.TryNext(out ReadOnlySpan<byte> unit) || !unit.SequenceEqual("kB"u8)) return false;
        availableBytes = kibibytes * 1024;
        return true;
    }
}
