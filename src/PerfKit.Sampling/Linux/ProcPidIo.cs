namespace PerfKit.Sampling;

/// <summary>The lines of <c>/proc/[pid]/io</c>, see proc_pid_io(5). Totals since the process started.</summary>
/// <param name="ReadBytes">rchar: bytes of all read-like calls, whatever the descriptor.</param>
/// <param name="WrittenBytes">wchar: bytes of all write-like calls.</param>
/// <param name="Reads">syscr: read-like calls.</param>
/// <param name="Writes">syscw: write-like calls.</param>
/// <param name="StorageReadBytes">read_bytes: fetched from storage.</param>
/// <param name="StorageWrittenBytes">write_bytes: caused to be sent to storage.</param>
internal readonly record struct ProcPidIo(
    long ReadBytes, long WrittenBytes, long Reads, long Writes, long StorageReadBytes, long StorageWrittenBytes)
{
    internal static bool TryParse(ReadOnlySpan<byte> io, out ProcPidIo parsed)
    {
        parsed = default;
        // One search after the other, from where the last one ended: the kernel has never changed their order.
        if (!TryTake(ref io, "rchar:"u8, out long read) || !TryTake(ref io, "wchar:"u8, out long written)) return false;
        if (!TryTake(ref io, "syscr:"u8, out long reads) || !TryTake(ref io, "syscw:"u8, out long writes)) return false;
        if (writes > long.MaxValue - reads) return false; // rubbish: they are added up
        if (!TryTake(ref io, "read_bytes:"u8, out long fetched) || !TryTake(ref io, "write_bytes:"u8, out long sent)) return false;
        parsed = new ProcPidIo(read, written, reads, writes, fetched, sent);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> io, ReadOnlySpan<byte> label, out long number)
    {
        number = 0;
        while (AsciiFields.TryNextLine(ref io, out ReadOnlySpan<byte> line))
        {
            if (line.StartsWith(label)) return new AsciiFields(line[label.Length..]).TryNumber(out number);
        }

        return false;
    }
}
