using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>Turns the ticks of <see cref="Stopwatch"/> into nanoseconds; on Linux and macOS they are.</summary>
internal static class OperationClock
{
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Nanoseconds(long ticks) =>
        Stopwatch.Frequency == 1_000_000_000 ? ticks : (long)(ticks * NanosecondsPerTick);
}
