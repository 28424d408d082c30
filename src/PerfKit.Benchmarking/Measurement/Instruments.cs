using System.Diagnostics;
using PerfKit.Instrumentation;

namespace PerfKit.Benchmarking;

/// <summary>Clock, CPU and allocation counters at one instant.</summary>
/// <param name="CpuNanoseconds">CPU time so far; <see langword="null"/> where it cannot be had.</param>
/// <param name="AllocatedBytes">Managed bytes allocated so far.</param>
/// <param name="Timestamp">Read last at the beginning, first at the end, so that reading the others is not measured.</param>
internal readonly record struct Reading(double? CpuNanoseconds, long AllocatedBytes, long Timestamp);

/// <summary>What a benchmark reads before and after an operation: a seam, so that tests set the figures.</summary>
internal class Instruments(TimeProvider time)
{
    public TimeProvider Time => time;

    public Reading Begin(MeasuredOn on)
    {
        double? cpu = CpuNanoseconds(on);
        long allocated = AllocatedBytes(on);
        return new Reading(cpu, allocated, time.GetTimestamp());
    }

    public Reading End(MeasuredOn on)
    {
        long timestamp = time.GetTimestamp();
        long allocated = AllocatedBytes(on);
        return new Reading(CpuNanoseconds(on), allocated, timestamp);
    }

    /// <summary>Finer than <see cref="TimeProvider.GetElapsedTime(long, long)"/>, which rounds to 100 ns.</summary>
    public double Nanoseconds(Reading begin, Reading end) => (end.Timestamp - begin.Timestamp) * (1e9 / time.TimestampFrequency);

    protected virtual double? CpuNanoseconds(MeasuredOn on)
    {
        if (on == MeasuredOn.Thread)
            return ThreadClock.IsAvailable && ThreadClock.ReadCurrent() is >= 0 and var ticks ? ticks * (1e9 / Stopwatch.Frequency) : null;

        return OperatingSystem.IsBrowser() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS()
            ? null
            : Environment.CpuUsage.TotalTime.TotalNanoseconds;
    }

    protected virtual long AllocatedBytes(MeasuredOn on) =>
        on == MeasuredOn.Thread ? GC.GetAllocatedBytesForCurrentThread() : GC.GetTotalAllocatedBytes(precise: true);
}
