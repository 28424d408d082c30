namespace PerfKit.Sampling;

/// <summary>The CPU files of a control group.</summary>
internal static class CgroupCpu
{
    /// <summary>Version 2, <c>cpu.max</c>: quota and period in microseconds, see the kernel's
    /// admin-guide/cgroup-v2, "CPU Interface Files".</summary>
    /// <param name="cpuMax">Such as <c>150000 100000</c> or <c>max 100000</c>.</param>
    /// <param name="cores">Quota by period; <see langword="null"/> for no limit.</param>
    internal static bool TryParseMax(ReadOnlySpan<byte> cpuMax, out double? cores)
    {
        cores = null;
        var fields = new AsciiFields(cpuMax);
        if (!fields.TryNext(out ReadOnlySpan<byte> quota) || !fields.TryNumber(out long period) || period == 0) return false;
        return quota.SequenceEqual("max"u8) || TryDivide(quota, period, out cores);
    }

    /// <summary>Version 1, <c>cpu.cfs_quota_us</c> and <c>cpu.cfs_period_us</c>, see the kernel's scheduler/sched-bwc.</summary>
    /// <param name="quota">Such as <c>150000</c>, or <c>-1</c> for no limit.</param>
    /// <param name="period">Such as <c>100000</c>.</param>
    /// <param name="cores">Quota by period; <see langword="null"/> for no limit.</param>
    internal static bool TryParseQuota(ReadOnlySpan<byte> quota, ReadOnlySpan<byte> period, out double? cores)
    {
        cores = null;
        if (!new AsciiFields(period).TryNumber(out long periodMicroseconds) || periodMicroseconds == 0) return false;
        if (!new AsciiFields(quota).TryNext(out ReadOnlySpan<byte> field)) return false;
        return field.SequenceEqual("-1"u8) || TryDivide(field, periodMicroseconds, out cores);
    }

    /// <summary>CPU time since the group was made: the line usage_usec of version 2's <c>cpu.stat</c>, or version 1's <c>cpuacct.usage</c>, a
    /// number of nanoseconds.</summary>
    internal static bool TryParseUsed(ReadOnlySpan<byte> text, out TimeSpan used)
    {
        const long NanosecondsPerTick = 100;
        used = default;
        if (AsciiFields.TryFindLine(text, "usage_usec "u8, out AsciiFields fields))
        {
            if (!fields.TryNumber(out long microseconds) || microseconds > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond) return false;
            used = new TimeSpan(microseconds * TimeSpan.TicksPerMicrosecond);
            return true;
        }

        if (!new AsciiFields(text).TryNumber(out long nanoseconds)) return false;
        used = new TimeSpan(nanoseconds / NanosecondsPerTick);
        return true;
    }

    private static bool TryDivide(ReadOnlySpan<byte> quota, long period, out double? cores)
    {
        bool valid = AsciiFields.TryNumber(quota, out long microseconds) && microseconds > 0;
        cores = valid ? (double)microseconds / period : null;
        return valid;
    }
}
