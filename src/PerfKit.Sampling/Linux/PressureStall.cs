namespace PerfKit.Sampling;

/// <summary>A file of <c>/proc/pressure</c> (Linux 4.20 and later), see the kernel's accounting/psi. Totals since boot.</summary>
/// <param name="Some">Time in which at least one task waited for the resource.</param>
/// <param name="Full">Time in which every task that could have run waited; <see langword="null"/> where the kernel does not tell.</param>
internal readonly record struct PressureStall(TimeSpan Some, TimeSpan? Full)
{
    internal static bool TryParse(ReadOnlySpan<byte> pressure, out PressureStall parsed)
    {
        parsed = default;
        if (!TryFindTotal(pressure, "some "u8, out TimeSpan some)) return false;
        parsed = new PressureStall(some, TryFindTotal(pressure, "full "u8, out TimeSpan full) ? full : null);
        return true;
    }

    /// <summary>The averages beside the totals are over windows of the kernel's own, so they are left alone.</summary>
    private static bool TryFindTotal(ReadOnlySpan<byte> pressure, ReadOnlySpan<byte> label, out TimeSpan total)
    {
        total = default;
        if (!AsciiFields.TryFindLine(pressure, label, out AsciiFields fields) || !fields.TrySkip(3)) return false;
        if (!fields.TryNext(out ReadOnlySpan<byte> field) || !field.StartsWith("total="u8)) return false;
        if (!AsciiFields.TryNumber(field["total="u8.Length..], out long microseconds)) return false;
        if (microseconds > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond) return false;
        total = new TimeSpan(microseconds * TimeSpan.TicksPerMicrosecond);
        return true;
    }
}
