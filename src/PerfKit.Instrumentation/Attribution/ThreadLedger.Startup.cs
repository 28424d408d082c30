using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

// The start-up scope that the thread works for. A scope's slices are the ledger's own, cut also where a scope changes.
internal sealed partial class ThreadLedger
{
    private StartupEntry? _entry;
    private RuntimeReading _runtime; // as the slice began, if it has a scope; else older
    private LoadEntry? _lastLoad;

    /// <summary>The start-up scope that the thread works for.</summary>
    public StartupEntry? Entry => _entry;

    /// <summary>The book has the thread at another scope since an instant: its slice is charged.</summary>
    public void StepTo(StartupEntry? entry, long now)
    {
        try
        {
            // A start-up makes each scope once, in code that is cold by then: the fewer methods it calls, the cheaper.
            BeginStep();
            StepLong(_flow, entry, now);
            _since = now;
            EndStep();
        }
        catch (Exception)
        {
            GiveUpStep();
        }
    }

    /// <summary>The thread has loaded an assembly.</summary>
    /// <param name="load">The load.</param>
    /// <param name="jitTime">What the thread has spent compiling.</param>
    public void Note(LoadEntry load, long jitTime)
    {
        _lastLoad?.Settle(jitTime);
        _lastLoad = load;
    }

    /// <summary>
    /// The slices that threads are in now, for one scope or another. The calling thread's is charged instead; another's has
    /// neither allocation nor JIT figures, which a thread only knows of itself, and is missing where its clock cannot be read.
    /// </summary>
    public static List<RunningSlice> ReadRunning()
    {
        if (_mine is { _entry: { } mine } own)
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
            || !TryMeasureRunning(Volatile.Read(ref _files), out long wall, out long cpu, out long queued, out _, out _))
            return null;
        long until = _since + wall;
        Volatile.ReadBarrier();
        return Volatile.Read(ref _version) == version
            ? new RunningSlice(this, version, entry, StartupSlice.Of(wall, cpu, queued, allocated: 0, default), until) : null;
    }

    // Out of line: services that start nothing never come here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ChargeStartup(StartupEntry? next, long wall, long cpu, long queued, long allocated, long now)
    {
        try
        {
            RuntimeReading runtime = RuntimeReading.Now(_runtime);
            _lastLoad?.Settle(runtime.JitTime);
            _lastLoad = null;
            if (_entry is { } entry)
                StartupBook.Charge(entry, StartupSlice.Of(wall, cpu, queued, allocated, runtime - _runtime), now);
            _runtime = runtime;
        }
        catch (Exception) // an interrupted wait, say: the caller is in the middle of a change that it must finish
        {
            CountFault();
        }
        _entry = next;
    }
}
