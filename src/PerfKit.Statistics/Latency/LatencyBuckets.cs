using System.Numerics;
using System.Runtime.CompilerServices;

namespace PerfKit.Statistics;

/// <summary>
/// The fixed division of 0 ns to 1 hour into buckets: single nanoseconds up to 63 ns, then 32 equal buckets from each power of
/// two to the next. A bucket is at most 1/32 as wide as its lower end.
/// </summary>
internal static class LatencyBuckets
{
    /// <summary>Buckets from one power of two to the next.</summary>
    public const int PerOctave = 1 << Bits;

    /// <summary>All buckets; one more than the index of <see cref="Longest"/>.</summary>
    public const int Count = 1_205;

    /// <summary>One hour, in nanoseconds.</summary>
    public const long Longest = 3_600_000_000_000;

    private const int Bits = 5;

    /// <summary>The bucket of a duration from 0 to <see cref="Longest"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(long nanoseconds)
    {
        ulong value = (ulong)nanoseconds;
        // The lowest bits, all but six, are shifted out; values below 64 keep all of theirs.
        int shift = 58 - BitOperations.LeadingZeroCount(value | PerOctave);
        return (shift << Bits) + (int)(value >> shift);
    }

    /// <summary>What is below zero counts as zero, what is above one hour as one hour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Clamp(long nanoseconds) =>
        (ulong)nanoseconds <= Longest ? nanoseconds : nanoseconds < 0 ? 0 : Longest; // one branch for what is usual

    /// <summary>The shortest duration in a bucket.</summary>
    public static long LowestOf(int index)
    {
        int shift = ShiftOf(index);
        return (long)(index - (shift << Bits)) << shift;
    }

    /// <summary>The longest duration in a bucket.</summary>
    public static long HighestOf(int index) => Math.Min(Longest, LowestOf(index) + (1L << ShiftOf(index)) - 1);

    /// <summary>The middle of a bucket, which is off by less than 1/64 of any duration in it.</summary>
    public static long MiddleOf(int index)
    {
        long lowest = LowestOf(index);
        return lowest + (HighestOf(index) - lowest) / 2;
    }

    private static int ShiftOf(int index) => Math.Max(0, (index >> Bits) - 1);
}
