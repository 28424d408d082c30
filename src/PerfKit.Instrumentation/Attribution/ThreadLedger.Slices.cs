using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

// What is charged where one slice ends and the next begins.
internal sealed partial class ThreadLedger
{
    // Short slices are taken as CPU time by the wall clock; the CPU clock settles them at the next longer slice.
    private static readonly long ClockedStartupSlice = Stopwatch.Frequency * 250 / 1_000_000;
    private static readonly long MostAssumed = Stopwatch.Frequency / 1_000;
    private static readonly long UntoldWait = Stopwatch.Frequency * 50 / 1_000_000;

    /// <summary>Charges what the thread has done so far in its flow.</summary>
    public void StepHere()
    {
        BeginStep();
        Step(_flow, _entry, Stopwatch.GetTimestamp());
    }

    // Before the clock is read: whoever reads these books meanwhile would take the running slice for longer than it will be booked, and
    // a thread can lose its CPU between any two instructions.
    private void BeginStep()
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.WriteBarrier();
    }

    private void EndStep() => Volatile.Write(ref _version, _version + 1);

    // There was no memory in the middle of a change, say: readers must not wait for its end.
    private void GiveUpStep()
    {
        if ((_version & 1) != 0)
            EndStep();
        CountFault();
    }

    private void Step(Flow? flow, StartupEntry? entry, long now)
    {
        long wall = now - _since;
        Charge? next = flow?.Context is { } context ? ChargeOf(context.Path.Id) : null;
        if (_entry is not null || entry is not null || NeedsClock(flow, wall))
        {
            StepLong(flow, entry, now);
        }
        else
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            Assume(wall);
            if (_charge is { } charge)
            {
                charge.OnThread += wall;
                charge.Cpu += wall;
                charge.AllocatedBytes += allocated - _allocatedBase;
            }
            _flow?.Span?.Add(wall, wall, queued: 0, allocated - _allocatedBase);
            _allocatedBase = allocated;
        }
        // Scopes of a start-up are few, and run code once that is cold by then: the price of their switches is not worth its own.
        bool isPriced = _charge is not null || next is not null;
        // From here on it is the next slice.
        _flow = flow;
        _charge = next;
        _since = now;
        if (isPriced)
            ChargeSwitch(wall, now);
        EndStep();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StepLong(Flow? flow, StartupEntry? entry, long now)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long wall = now - _since;
        bool isClocked = NeedsClock(flow, wall) && ThreadClock.IsAvailable;
        long cpuNow = isClocked ? ThreadClock.ReadCurrent() : 0;
        long cpu = isClocked ? Math.Clamp(cpuNow - _cpuBase - _cpuAssumed, 0, wall) : wall;
        long queued = 0, queuedNow = _queuedBase;
        bool isQueueKnown = false;
        ThreadIo ioNow = _ioBase;
        if (_files is not null && NeedsFiles(flow, wall, wall - cpu, now))
        {
            _filed = now;
            isQueueKnown = NeedsQueue(wall - cpu) && _files.TryReadQueued(out queuedNow, isOwner: true);
            if (isQueueKnown)
                queued = Math.Clamp((long)((queuedNow - _queuedBase) * TicksPerNanosecond), 0, wall - cpu);
            else
                queuedNow = _queuedBase;
            if (!_files.TryReadIo(out ioNow, isOwner: true))
                ioNow = _ioBase;
        }

        if (_charge is { } charge)
        {
            Book(charge, wall, cpu, isQueueKnown ? queued : null, allocated, ioNow);
            if (wall >= KeptSlice)
                KeepSlice(now);
        }
        _flow?.Span?.Add(wall, cpu, queued, allocated - _allocatedBase);
        if (_entry is not null || entry is not null)
            ChargeStartup(entry, wall, cpu, queued, allocated - _allocatedBase, now);
        if (isClocked)
            Settle(wall, cpuNow);
        else
            Assume(wall);
        _queuedBase = queuedNow;
        _ioBase = ioNow;
        _allocatedBase = allocated;
    }

    // Start-ups make many scopes once each, in code that is cold by then: the system call would be the dearest part of a short one.
    // What is assumed stays among them, and below a millisecond in all.
    private bool NeedsClock(Flow? next, long wall) =>
        wall >= (IsCharged(_flow) || IsCharged(next) ? AttributionDetail.ClockedSlice : ClockedStartupSlice) || wall + _cpuAssumed >= MostAssumed;

    // A service's I/O is in the files, so each of its longer slices reads them. A start-up scope alone asks them only to tell what
    // its thread waited for, if it waited. Else they are read to begin a service's first slice afresh, which needs no haste.
    private bool NeedsFiles(Flow? next, long wall, long waited, long now) =>
        IsCharged(_flow) ? wall >= AttributionDetail.FiledSlice
        : (_entry is not null && waited >= UntoldWait)
            || ((IsCharged(next) || _entry is null) && wall >= AttributionDetail.FiledSlice && now - _filed >= AttributionDetail.FiledGap);

    // Nobody waited longer for a CPU than for everything. What a start-up waited for is told whatever the detail.
    private bool NeedsQueue(long waited) => waited >= AttributionDetail.QueuedWait || (_entry is not null && waited >= UntoldWait);

    private static bool IsCharged(Flow? flow) => flow is not null && (flow.Context is not null || flow.Span is not null);

    // What was waited without a look at the run queue may have been either.
    private void Book(Charge charge, long wall, long cpu, long? queued, long allocated, in ThreadIo io)
    {
        charge.OnThread += wall;
        charge.Cpu += cpu;
        charge.QueuedForCpu += queued ?? 0;
        if (_isPoolThread)
        {
            charge.BlockedOnPool += wall - cpu - (queued ?? 0);
            charge.UnsureOnPool += queued is null ? wall - cpu : 0;
        }
        charge.AllocatedBytes += allocated - _allocatedBase;
        charge.IoReadBytes += io.ReadBytes - _ioBase.ReadBytes;
        charge.IoWrittenBytes += io.WrittenBytes - _ioBase.WrittenBytes;
        charge.IoOperations += io.Operations - _ioBase.Operations;
    }
}
