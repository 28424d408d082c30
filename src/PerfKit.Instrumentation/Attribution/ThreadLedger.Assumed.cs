using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

// What is taken for granted of short slices, how far that may be off, and what the switches themselves cost.
internal sealed partial class ThreadLedger
{
    private const int SampledSwitches = 64; // one of so many short switches is timed, and stands for all

    // Longer ones were interrupted: of those that read nothing, the thread's CPU clock, or the kernel's files too.
    private static readonly long LongestShortSwitch = AttributionDetail.Microseconds(2);
    private static readonly long LongestSwitch = AttributionDetail.Microseconds(10);
    private static readonly long LongestFiledSwitch = AttributionDetail.Microseconds(50);

    private uint _switches;
    private long _shortSwitch; // what the last of each kind took that was not interrupted
    private long _clockedSwitch;
    private long _filedSwitch;

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
    /// The CPU clock has been read, at the end of a slice: so long was the thread off the CPU since the last reading. What is more than
    /// the slice itself was in the short ones before it, and is taken back from these in proportion. The rest was charged to the
    /// slice, though it may as well have been in the short ones: that is the error.
    /// </summary>
    private void Settle(long wall, long cpuNow)
    {
        (long off, long surplus, long open) = OffCpu(wall, cpuNow);
        for (Charge? charge = _assumed; charge is not null;)
        {
            long most = Math.Min(charge.Assumed, off);
            long back = surplus == 0 ? 0 : (long)((double)surplus * charge.Assumed / _cpuAssumed);
            charge.Cpu -= back;
            if (_isPoolThread)
            {
                charge.BlockedOnPool += back;
                charge.UnsureOnPool += back;
            }
            // Of several, nobody knows which of them waited: it may have been all of the time that was this one's, or none.
            charge.CpuError += charge.Assumed == _cpuAssumed ? open : Math.Max(back, most - back);
            charge.Assumed = 0;
            (charge, charge.NextAssumed) = (charge.NextAssumed, null);
        }
        _assumed = null;
        if (_charge is not null)
            _charge.CpuError += open;
        _cpuBase = cpuNow;
        _cpuAssumed = 0;
    }

    /// <summary>
    /// How long the thread was off the CPU since its clock was read last, how much of that the slice that ends cannot hold, and how much
    /// more may have been in the short slices before it.
    /// </summary>
    private (long Off, long Surplus, long Open) OffCpu(long wall, long cpuNow)
    {
        long off = Math.Max(0, wall + _cpuAssumed - (cpuNow - _cpuBase));
        long surplus = Math.Clamp(off - wall, 0, _cpuAssumed);
        return (off, surplus, Math.Min(_cpuAssumed, off) - surplus);
    }

    // What the switch took since it read the clock is PerfKit's, and not the next service's.
    private void ChargeSwitch(long wall, long now)
    {
        bool isShort = wall < AttributionDetail.ClockedSlice;
        if (!isShort || ++_switches % SampledSwitches == 0)
            ChargeOwn(now, isShort);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ChargeOwn(long now, bool isShort)
    {
        long took = Stopwatch.GetTimestamp() - now;
        if (_charge is null && _entry is not null)
            return;
        if (isShort)
            took = SampledSwitches * Uninterrupted(took, LongestShortSwitch, ref _shortSwitch);
        else if (_filed == now)
            took = Uninterrupted(took, LongestFiledSwitch, ref _filedSwitch);
        else
            took = Uninterrupted(took, LongestSwitch, ref _clockedSwitch);
        // One switch that stands for others may take more than a service has used yet, which none can give back.
        if (_charge is not null)
            took = Math.Min(took, Math.Max(0, _charge.Cpu));
        Charge own = ChargeOf(ServiceBook.Own.Id);
        own.OnThread += took;
        own.Cpu += took;
        if (_charge is not { } charge)
            return;
        charge.OnThread -= took;
        charge.Cpu -= took;
    }

    // A switch in which the thread lost its CPU, or waited for a collection, cost what the last one cost in which it did not.
    private static long Uninterrupted(long took, long longest, ref long last) => took > longest ? last : last = took;
}
