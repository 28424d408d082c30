namespace PerfKit.Statistics;

/// <summary>Sums of nanoseconds that stop at 292 years rather than turn negative.</summary>
internal static class Saturated
{
    public static long Add(long left, long right) => Of((Int128)left + right);

    public static long Of(Int128 value) => (long)Int128.Clamp(value, 0, long.MaxValue);
}
