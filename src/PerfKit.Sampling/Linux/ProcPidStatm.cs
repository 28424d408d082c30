namespace PerfKit.Sampling;

/// <summary><c>/proc/[pid]/statm</c>, see proc_pid_statm(5): the sizes of a process's memory in pages.</summary>
internal static class ProcPidStatm
{
    /// <summary>The second field: resident pages, the same count as field 24 of <c>stat</c>, at a third of the price.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> statm, out long residentPages)
    {
        residentPages = 0;
        var fields = new AsciiFields(statm);
        return fields.TryNumber(out _) && fields.TryNumber(out residentPages);
    }
}
