using System.Diagnostics;

namespace PerfKit.Instrumentation;

// The slice that the thread is still in, as other threads read it.
internal sealed partial class ThreadLedger
{
    private void AddRunningSlice(Charge[] totals)
    {
        for (int attempt = 0; attempt < 4; attempt++)
        {
            int version = Volatile.Read(ref _version);
            if ((version & 1) != 0)
                continue;
            var running = new Charge();
            int serviceId = _serviceId;
            if (serviceId >= 0 && serviceId < totals.Length)
                MeasureRunningSlice(running);
            var booked = new Charge[totals.Length];
            Charge?[] charges = Volatile.Read(ref _charges);
            for (int id = 0; id < Math.Min(charges.Length, totals.Length); id++)
            {
                if (charges[id] is { } charge)
                    (booked[id] = new Charge()).Add(charge);
            }
            Volatile.ReadBarrier();
            if (Volatile.Read(ref _version) != version)
                continue;
            AddAll(booked, totals);
            if (serviceId >= 0 && serviceId < totals.Length)
                totals[serviceId].Add(running);
            return;
        }
        // The thread switches faster than it can be watched: its slices are short, and its books are nearly up to date.
        AddAll(Volatile.Read(ref _charges), totals);
    }

    // Allocation is not among these: only a thread itself can read its own counter.
    private void MeasureRunningSlice(Charge running)
    {
        ThreadFiles? files = Volatile.Read(ref _files);
        if (!TryMeasureRunning(files, out long wall, out running.Cpu, out running.QueuedForCpu))
            return;
        running.OnThread = wall;
        if (_isPoolThread)
        {
            running.BlockedOnPool = wall - running.Cpu - running.QueuedForCpu;
            if (files is null)
                running.UnsureOnPool = wall - running.Cpu;
        }
        if (files is not null && files.TryReadIo(out ThreadIo io, isOwner: false))
        {
            running.IoReadBytes = io.ReadBytes - _ioBase.ReadBytes;
            running.IoWrittenBytes = io.WrittenBytes - _ioBase.WrittenBytes;
            running.IoOperations = io.Operations - _ioBase.Operations;
        }
    }

    private bool TryMeasureRunning(ThreadFiles? files, out long wall, out long cpu, out long queued)
    {
        wall = Stopwatch.GetTimestamp() - _since;
        long cpuNow = ThreadClock.Read(_clock);
        cpu = queued = 0;
        if (wall < ClockedSlice || cpuNow < 0)
            return false;
        cpu = Math.Clamp(cpuNow - _cpuBase - _cpuAssumed, 0, wall);
        if (files is not null && files.TryReadQueued(out long queuedNow, isOwner: false))
            queued = Math.Clamp((long)((queuedNow - _queuedBase) * TicksPerNanosecond), 0, wall - cpu);
        return true;
    }
}
