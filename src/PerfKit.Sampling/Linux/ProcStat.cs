namespace PerfKit.Sampling;

/// <summary><c>/proc/stat</c>, see proc_stat(5).</summary>
internal static class ProcStat
{
    /// <summary>More than Linux can be built for.</summary>
    internal const int MaxProcessor = 16_383;

    /// <summary>The first line: what all processors together did since boot, in clock ticks.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> stat, out MachineCpuTicks ticks)
    {
        ticks = default;
        return stat.StartsWith("cpu "u8) && TryTicks(new AsciiFields(stat["cpu "u8.Length..]), out ticks);
    }

    /// <summary>Takes the next line of one processor off the text; <see langword="false"/> when there is none, or it makes no sense.</summary>
    /// <param name="stat">Begins with the first line, or with what the last call left.</param>
    /// <param name="processor">Its number: 0 or more, with gaps where processors are switched off.</param>
    /// <param name="ticks">What it did since boot.</param>
    internal static bool TryNextProcessor(ref ReadOnlySpan<byte> stat, out int processor, out MachineCpuTicks ticks)
    {
        processor = 0;
        ticks = default;
        if (stat.StartsWith("cpu "u8)) AsciiFields.TryNextLine(ref stat, out _);
        if (!stat.StartsWith("cpu"u8) || !AsciiFields.TryNextLine(ref stat, out ReadOnlySpan<byte> line)) return false;

        var fields = new AsciiFields(line["cpu"u8.Length..]);
        if (!fields.TryNumber(out long number) || number > MaxProcessor || !TryTicks(fields, out ticks)) return false;
        processor = (int)number;
        return true;
    }

    private static bool TryTicks(AsciiFields fields, out MachineCpuTicks ticks)
    {
        ticks = default;
        if (!fields.TryNumber(out long user) || !fields.TryNumber(out long nice) || !fields.TryNumber(out long system)) return false;
        if (!fields.TryNumber(out long idle) || !fields.TryNumber(out long waiting)) return false;
        if (!fields.TryNumber(out long interrupts) || !fields.TryNumber(out long softInterrupts)) return false;
        if (!fields.TryNumber(out long stolen)) return false; // guest times follow: they are in user and nice already

        const long Limit = long.MaxValue / 8; // rubbish beyond it; eight such add up without overflow
        if ((user | nice | system | idle | waiting | interrupts | softInterrupts | stolen) > Limit) return false;

        long busy = user + nice + system + interrupts + softInterrupts + stolen;
        ticks = new MachineCpuTicks(busy, busy + idle + waiting);
        return true;
    }

    /// <summary>The line btime: when the machine started, in whole seconds. It lies behind the long line of interrupts.</summary>
    internal static bool TryParseBootTime(ReadOnlySpan<byte> stat, out DateTimeOffset bootTime)
    {
        bootTime = default;
        if (!AsciiFields.TryFindLine(stat, "btime "u8, out AsciiFields fields) || !fields.TryNumber(out long seconds)) return false;
        if (seconds > int.MaxValue * 2L) return false; // the year 2106
        bootTime = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
