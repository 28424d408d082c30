namespace PerfKit.Sampling;

/// <summary>The one line of <c>/proc/[pid]/stat</c>, see proc_pid_stat(5). The name refers to the bytes parsed.</summary>
internal readonly ref struct ProcPidStat
{
    /// <summary>Clock ticks per second in every file under /proc (USER_HZ): 100 on every architecture that runs .NET.</summary>
    internal const long TicksPerSecond = 100;

    internal int Id { get; private init; }

    /// <summary>Field 2 without its parentheses; may itself hold spaces, parentheses and any byte but 0.</summary>
    internal ReadOnlySpan<byte> Name { get; private init; }

    /// <summary>Field 4; 0 when the parent is out of sight.</summary>
    internal int ParentId { get; private init; }

    /// <summary>Fields 14 and 15, user and kernel, added up.</summary>
    internal TimeSpan CpuTime { get; private init; }

    /// <summary>Field 20; 0 for a process that is about to be gone.</summary>
    internal int Threads { get; private init; }

    /// <summary>Field 22.</summary>
    internal TimeSpan StartedAfterBoot { get; private init; }

    /// <summary>Field 24, in pages.</summary>
    internal long ResidentPages { get; private init; }

    internal static bool TryParse(ReadOnlySpan<byte> stat, out ProcPidStat parsed)
    {
        parsed = default;

        // Only the name can hold a parenthesis, and it can hold any number of them.
        int open = stat.IndexOf((byte)'(');
        int close = stat.LastIndexOf((byte)')');
        if (open < 2 || close < open || stat[open - 1] != ' ') return false;
        if (!AsciiFields.TryNumber(stat[..(open - 1)], out long id) || id > int.MaxValue) return false;

        var fields = new AsciiFields(stat[(close + 1)..]);
        if (!fields.TryNext(out ReadOnlySpan<byte> state) || state.Length != 1) return false;         // 3
        if (!fields.TryNumber(out long parent) || parent > int.MaxValue) return false;                // 4
        if (!fields.TrySkip(9)) return false;                                                         // 5 - 13
        if (!fields.TryNumber(out long user) || !fields.TryNumber(out long kernel)) return false;     // 14, 15
        if (!fields.TrySkip(4)) return false;                                                         // 16 - 19
        if (!fields.TryNumber(out long threads) || threads > int.MaxValue) return false;              // 20
        if (!fields.TrySkip(1) || !fields.TryNumber(out long start)) return false;                    // 21, 22
        if (!fields.TrySkip(1) || !fields.TryNumber(out long pages)) return false;                    // 23, 24
        if (!TryTicks(user, out TimeSpan userTime) || !TryTicks(kernel, out TimeSpan kernelTime)) return false;
        if (!TryTicks(start, out TimeSpan started)) return false;

        parsed = new ProcPidStat
        {
            Id = (int)id,
            Name = stat[(open + 1)..close],
            ParentId = (int)parent,
            CpuTime = userTime + kernelTime,
            Threads = (int)threads,
            StartedAfterBoot = started,
            ResidentPages = pages,
        };
        return true;
    }

    /// <summary>Refuses what lasts longer than a thousand years: rubbish, which would overflow further on.</summary>
    private static bool TryTicks(long ticks, out TimeSpan time)
    {
        const long Millennium = 1000L * 366 * 24 * 3600 * TicksPerSecond;
        time = ticks <= Millennium ? new TimeSpan(ticks * (TimeSpan.TicksPerSecond / TicksPerSecond)) : default;
        return ticks <= Millennium;
    }
}
