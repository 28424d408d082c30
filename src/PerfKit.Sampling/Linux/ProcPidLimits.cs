namespace PerfKit.Sampling;

/// <summary><c>/proc/[pid]/limits</c>, see proc_pid_limits(5).</summary>
internal static class ProcPidLimits
{
    /// <summary>The line "Max open files": its soft limit, which the process may not pass.</summary>
    /// <param name="limits">The file.</param>
    /// <param name="count">Files; <see langword="null"/> for no limit.</param>
    internal static bool TryParseOpenFiles(ReadOnlySpan<byte> limits, out long? count)
    {
        count = null;
        if (!AsciiFields.TryFindLine(limits, "Max open files "u8, out AsciiFields fields) || !fields.TryNext(out ReadOnlySpan<byte> soft)) return false;
        if (soft.SequenceEqual("unlimited"u8)) return true;
        if (!AsciiFields.TryNumber(soft, out long number)) return false;
        count = number;
        return true;
    }
}
