using System.Diagnostics;

namespace PerfKit.Instrumentation;

// The slice that the thread is still in, as other threads read it.
internal sealed partial class ThreadLedger
{
    // A thread that lost its CPU in the middle of a switch would take its slice, however long, out of the sum until it has it again.
    private static readonly long MostPatience = Stopwatch.Frequency / 20;

    private void AddRunningSlice(Charge[] totals)
    {
        for (int attempt = 0; attempt < 4; attempt++)
        {
            int version = SettledVersion();
            if ((version & 1) != 0)
                break;
            var running = new Charge();
            int path = PathId;
            if (path >= 0 && path < totals.Length)
                MeasureRunningSlice(running);
            Charge?[] charges = Volatile.Read(ref _charges);
            var booked = new Charge?[Math.Min(charges.Length, totals.Length)];
            for (int id = 0; id < booked.Length; id++)
            {
                if (charges[id] is { } charge)
                    (booked[id] = new Charge()).Add(charge);
            }
            Volatile.ReadBarrier();
            if (Volatile.Read(ref _version) != version)
                continue;
            AddAll(booked, totals);
            if (path >= 0 && path < totals.Length)
                totals[path].Add(running);
            return;
        }
        // The thread switches faster than it can be watched: its slices are short, and its books are nearly up to date.
        AddAll(Volatile.Read(ref _charges), totals);
    }

    private int SettledVersion()
    {
        var pause = new SpinWait();
        int version = Volatile.Read(ref _version);
        for (long began = Stopwatch.GetTimestamp(); (version & 1) != 0 && Stopwatch.GetTimestamp() - began < MostPatience; version = Volatile.Read(ref _version))
            pause.SpinOnce();
        return version;
    }

    // Allocation is not among these: only a thread itself can read its own counter.
    private void MeasureRunningSlice(Charge running)
    {
        ThreadFiles? files = Volatile.Read(ref _files);
        if (!TryMeasureRunning(files, out long wall, out running.Cpu, out running.QueuedForCpu, out bool isQueueKnown, out long error))
            return;
        running.OnThread = wall;
        running.CpuError = error;
        if (_isPoolThread)
        {
            running.BlockedOnPool = wall - running.Cpu - running.QueuedForCpu;
            if (!isQueueKnown)
                running.UnsureOnPool = wall - running.Cpu;
        }
        if (files is not null && files.TryReadIo(out ThreadIo io, isOwner: false))
        {
            running.IoReadBytes = io.ReadBytes - _ioBase.ReadBytes;
            running.IoWrittenBytes = io.WrittenBytes - _ioBase.WrittenBytes;
            running.IoOperations = io.Operations - _ioBase.Operations;
        }
    }

    private bool TryMeasureRunning(ThreadFiles? files, out long wall, out long cpu, out long queued, out bool isQueueKnown, out long error)
    {
        wall = Stopwatch.GetTimestamp() - _since;
        long cpuNow = ThreadClock.Read(_clock);
        cpu = queued = error = 0;
        isQueueKnown = false;
        if (wall < AttributionDetail.ClockedSlice || cpuNow < 0)
            return false;
        cpu = Math.Clamp(cpuNow - _cpuBase - _cpuAssumed, 0, wall);
        error = OffCpu(wall, cpuNow).Open;
        if (files is null || !files.TryReadQueued(out long queuedNow, isOwner: false))
            return true;
        isQueueKnown = true;
        queued = Math.Clamp((long)((queuedNow - _queuedBase) * TicksPerNanosecond), 0, wall - cpu);
        return true;
    }
}
