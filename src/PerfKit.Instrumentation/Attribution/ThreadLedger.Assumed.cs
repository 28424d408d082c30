using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

// What is taken for granted of short slices, how far that may be off, and what the switches themselves cost.
internal sealed partial class ThreadLedger
{
    private const int SampledSwitches = 64; // one of so many short switches is timed, and stands for all

    private static readonly long LongestSwitch = AttributionDetail.Microseconds(50);
    private static readonly long LongestShortSwitch = AttributionDetail.Microseconds(2);

    private uint _switches;

    // A short slice counts as CPU time; whose it was is remembered until the clock tells.
    private void Assume(long wall)
    {
        _cpuAssumed += wall;
        if (wall <= 0 || _charge is not { } charge)
            return;
        if (charge.Assumed == 0)
        {
            charge.NextAssumed = _assumed;
            _assumed = charge;
        }
        charge.Assumed += wall;
    }

    /// <summary>
    /// The CPU clock has been read, at the end of a slice. Since its last reading the thread was off the CPU for so long in all; the
    /// slice was charged with that. What in truth fell into the short slices before it is at most all of them, and at most
    /// that: so much may each of the services concerned be off.
    /// </summary>
    private void Settle(long wall, long cpuNow)
    {
        long error = ErrorOf(wall, cpuNow);
        for (Charge? charge = _assumed; charge is not null;)
        {
            charge.CpuError += Math.Min(charge.Assumed, error);
            charge.Assumed = 0;
            (charge, charge.NextAssumed) = (charge.NextAssumed, null);
        }
        _assumed = null;
        if (_charge is not null)
            _charge.CpuError += error;
        _cpuBase = cpuNow;
        _cpuAssumed = 0;
    }

    private long ErrorOf(long wall, long cpuNow) => Math.Clamp(wall + _cpuAssumed - (cpuNow - _cpuBase), 0, _cpuAssumed);

    // What the switch took since it read the clock is PerfKit's, and not the next service's. A switch that was interrupted says nothing.
    private void ChargeSwitch(long wall, long now)
    {
        bool isShort = wall < AttributionDetail.ClockedSlice;
        if (isShort && ++_switches % SampledSwitches != 0)
            return;
        ChargeOwn(now, isShort ? LongestShortSwitch : LongestSwitch, isShort ? SampledSwitches : 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ChargeOwn(long now, long longest, int times)
    {
        long took = Stopwatch.GetTimestamp() - now;
        if (took > longest || (_charge is null && _entry is not null))
            return;
        Charge own = ChargeOf(ServiceBook.Own.Id);
        own.OnThread += took * times;
        own.Cpu += took * times;
        if (_charge is not { } charge)
            return;
        charge.OnThread -= took * times;
        charge.Cpu -= took * times;
    }
}
