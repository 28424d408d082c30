namespace PerfKit.Sampling;

/// <summary><c>/proc/meminfo</c>, see proc_meminfo(5).</summary>
internal static class MemInfo
{
    /// <summary>The line MemAvailable (since Linux 3.14), among the first; its "kB" is 1024 bytes.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> memInfo, out long availableBytes) => TryFind(memInfo, "MemAvailable:"u8, out availableBytes);

    /// <summary>The lines MemTotal and MemAvailable: what could not be given to programs without swapping, in percent of all.</summary>
    internal static bool TryParseUsed(ReadOnlySpan<byte> memInfo, out double percent)
    {
        percent = 0;
        if (!TryFind(memInfo, "MemTotal:"u8, out long total) || !TryParse(memInfo, out long available) || total == 0 || available > total) return false;
        percent = 100.0 * (total - available) / total;
        return true;
    }

    /// <summary>The lines SwapTotal and SwapFree: what of the swap space is in use.</summary>
    internal static bool TryParseSwap(ReadOnlySpan<byte> memInfo, out long usedBytes)
    {
        usedBytes = 0;
        if (!TryFind(memInfo, "SwapTotal:"u8, out long total) || !TryFind(memInfo, "SwapFree:"u8, out long free) || free > total) return false;
        usedBytes = total - free;
        return true;
    }

    private static bool TryFind(ReadOnlySpan<byte> memInfo, ReadOnlySpan<byte> label, out long bytes)
    {
        bytes = 0;
        if (!AsciiFields.TryFindLine(memInfo, label, out AsciiFields fields)) return false;
        if (!fields.TryNumber(out long kibibytes) || kibibytes > long.MaxValue / 1024) return false;
        if (!fields.TryNext(out ReadOnlySpan<byte> unit) || !unit.SequenceEqual("kB"u8)) return false;
        bytes = kibibytes * 1024;
        return true;
    }
}
