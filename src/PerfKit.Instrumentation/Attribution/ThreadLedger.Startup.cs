using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

// The start-up scope that the thread works for. A scope's slices are the ledger's own, cut also where a scope changes.
internal sealed partial class ThreadLedger
{
    private StartupEntry? _entry;
    private RuntimeReading _runtime; // as the slice began; only where it has a scope

    /// <summary>The calling thread's ledger; <c>null</c> when it cannot be made.</summary>
    public static ThreadLedger? OfThread()
    {
        try
        {
            return (_owner ??= new Owner()).Ledger;
        }
        catch (Exception)
        {
            CountFault();
            return null;
        }
    }

    /// <summary>The thread begins a scope.</summary>
    public void Begin(StartupEntry entry) => StepTo(entry, entry.Began);

    /// <summary>The thread goes from a scope that has ended back to the one around it, if it was working for it.</summary>
    public bool TryEnd(StartupEntry entry)
    {
        if (!ReferenceEquals(_entry, entry))
            return false;
        StepTo(entry.Charged, entry.Ended);
        return true;
    }

    /// <summary>
    /// The slices that threads are in now, for one scope or another. The calling thread's is charged instead; another's has
    /// neither allocation nor JIT figures, which a thread only knows of itself, and is missing where its clock cannot be read.
    /// </summary>
    public static List<RunningSlice> ReadRunning()
    {
        if (_owner?.Ledger is { _entry: { } mine } own)
            own.StepTo(mine, Stopwatch.GetTimestamp());
        var running = new List<RunningSlice>();
        lock (Registration)
        {
            foreach (ThreadLedger ledger in Ledgers)
            {
                if (Volatile.Read(ref ledger._entry) is not null && ledger.ReadRunningSlice() is { } slice)
                    running.Add(slice);
            }
        }
        return running;
    }

    /// <summary>The slice still runs: it is not in its scope's charge. For the holder of the lock that guards the charge.</summary>
    public bool IsAt(int version) => Volatile.Read(ref _version) == version;

    private RunningSlice? ReadRunningSlice()
    {
        int version = Volatile.Read(ref _version);
        StartupEntry? entry = _entry;
        if ((version & 1) != 0 || entry is null
            || !TryMeasureRunning(Volatile.Read(ref _files), out long wall, out long cpu, out long queued))
            return null;
        long until = _since + wall;
        Volatile.ReadBarrier();
        return Volatile.Read(ref _version) == version
            ? new RunningSlice(this, version, entry, StartupSlice.Of(wall, cpu, queued, allocated: 0, default), until) : null;
    }

    private void StepTo(StartupEntry? entry, long now)
    {
        try
        {
            Step(_serviceId, entry, now);
        }
        catch (Exception)
        {
            CountFault();
        }
    }

    // Out of line: services that start nothing never come here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Move(StartupEntry? entry, long wall, long cpu, long queued, long allocated, long now)
    {
        try
        {
            RuntimeReading runtime = RuntimeReading.Now();
            StartupSlice slice = _entry is null ? default : StartupSlice.Of(wall, cpu, queued, allocated, runtime - _runtime);
            StartupBook.Move(_entry, entry, slice, now);
            _runtime = runtime;
        }
        catch (Exception) // an interrupted wait, say: the caller is in the middle of a change that it must finish
        {
            CountFault();
        }
        _entry = entry;
    }
}
