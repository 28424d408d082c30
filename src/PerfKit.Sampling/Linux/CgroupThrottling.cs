namespace PerfKit.Sampling;

/// <summary><c>cpu.stat</c> of a control group with a CPU quota: version 2, see the kernel's admin-guide/cgroup-v2; version 1, see its
/// scheduler/sched-bwc. Totals since the group was made.</summary>
/// <param name="Periods">Quota periods in which something of the group wanted to run.</param>
/// <param name="ThrottledPeriods">Those in which the quota was used up.</param>
/// <param name="Throttled">How long the group was held back, added up over processors.</param>
internal readonly record struct CgroupThrottling(long Periods, long ThrottledPeriods, TimeSpan Throttled)
{
    internal static bool TryParse(ReadOnlySpan<byte> cpuStat, out CgroupThrottling parsed)
    {
        parsed = default;
        if (!TryFind(cpuStat, "nr_periods "u8, out long periods) || !TryFind(cpuStat, "nr_throttled "u8, out long throttled)) return false;

        const long NanosecondsPerTick = 100;
        if (TryFind(cpuStat, "throttled_usec "u8, out long time))
        {
            if (time > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond) return false;
            time *= TimeSpan.TicksPerMicrosecond;
        }
        else if (TryFind(cpuStat, "throttled_time "u8, out time))
        {
            time /= NanosecondsPerTick;
        }
        else
        {
            return false;
        }

        parsed = new CgroupThrottling(periods, throttled, new TimeSpan(time));
        return true;
    }

    private static bool TryFind(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label, out long number)
    {
        number = 0;
        return AsciiFields.TryFindLine(text, label, out AsciiFields fields) && fields.TryNumber(out number);
    }
}
