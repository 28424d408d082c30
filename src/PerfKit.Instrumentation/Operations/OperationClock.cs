using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>
/// The clock of operations: <see cref="Stopwatch"/>, or the processor's time-stamp counter where the application asks for it and the
/// platform can give it. Chosen once, so that the compiler knows which.
/// </summary>
internal static unsafe class OperationClock
{
    /// <summary>The switch by which an application asks for the counter.</summary>
    public const string CounterSwitch = "PerfKit.OperationMeter.UseTimeStampCounter";

    private static readonly delegate* unmanaged[SuppressGCTransition]<long> Counter;
    private static readonly ulong NanosecondsPerStep; // of the counter, as a fraction of 2^64
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    static OperationClock()
    {
        Description = "Stopwatch";
        if (!AppContext.TryGetSwitch(CounterSwitch, out bool isAsked) || !isAsked)
            return;
        delegate* unmanaged[SuppressGCTransition]<long> counter = TimeStampCounter.TryMake(out string? refusal);
        if (counter != null && (NanosecondsPerStep = TimeStampCounter.Calibrate(counter)) == 0)
            refusal = "its rate could not be measured";
        if (refusal is null)
            Counter = counter;
        Description = refusal is null ? "time-stamp counter" : $"Stopwatch; the time-stamp counter was asked for, but {refusal}";
    }

    /// <summary>Which clock it is, and if the application asked for another, why not that one.</summary>
    public static string Description { get; }

    /// <summary>Now, in steps of the clock; never negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Now() => Counter != null ? Counter() : Stopwatch.GetTimestamp();

    /// <summary>Nanoseconds of a number of steps. The counter may run backwards by a few between threads; that is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Nanoseconds(long steps)
    {
        if (Counter != null)
            return (long)Math.BigMul((ulong)Math.Max(0, steps), NanosecondsPerStep, out _);
        return Stopwatch.Frequency == 1_000_000_000 ? steps : (long)(steps * NanosecondsPerTick);
    }
}
