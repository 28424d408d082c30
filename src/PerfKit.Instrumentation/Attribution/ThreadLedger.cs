using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>
/// One thread's books: which service and start-up scope run on it now, since when, and what each service has used on it. The
/// thread itself writes, without locks; readers sum over threads. Ledgers of threads that ended are added up and dropped.
/// </summary>
internal sealed partial class ThreadLedger
{
    private static readonly double TicksPerNanosecond = Stopwatch.Frequency / 1e9;

    private static long _faults;

    [ThreadStatic]
    private static ThreadLedger? _mine;

    [ThreadStatic]
    private static Owner? _owner;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly int _threadId;
    private readonly int _clock;
    private readonly bool _isPoolThread;
    private ThreadFiles? _files;
    private bool _isRetired; // guarded by Registration
    private long _filed;
    private Charge?[] _charges = new Charge?[8]; // by path
    private string? _entered;                    // the name that was entered last on the thread, and where that led
    private ServicePath? _enteredOn;
    private ServicePath? _enteredPath;

    // The running slice. Odd versions mark a change in progress, for readers on other threads.
    private int _version;
    private Flow? _flow;
    private Charge? _charge; // of the path of the flow's context
    private long _since;
    private long _allocatedBase;
    private long _cpuBase;
    private long _cpuAssumed;
    private Charge? _assumed; // those that a part of it was charged to
    private long _queuedBase;
    private ThreadIo _ioBase;

    private ThreadLedger()
    {
        _threadId = ThreadClock.CurrentThreadId();
        _clock = ThreadClock.ClockOf(_threadId);
        _isPoolThread = _thread.IsThreadPoolThread;
        _since = Stopwatch.GetTimestamp();
        _cpuBase = ThreadClock.IsAvailable ? ThreadClock.ReadCurrent() : 0;
        _allocatedBase = GC.GetAllocatedBytesForCurrentThread();
        OpenFiles();
    }

    /// <summary>I/O by thread can be read on this machine.</summary>
    public static bool HasIo { get; private set; }

    /// <summary>Time in the CPU's run queue by thread can be read on this machine.</summary>
    public static bool HasQueued { get; private set; }

    /// <summary>Faults inside PerfKit that were kept from the host.</summary>
    public static long Faults => Interlocked.Read(ref _faults);

    /// <summary>The flow that the thread is in: <see cref="PerfKit.Instrumentation.Flow.Current"/>, sooner told.</summary>
    public Flow? Flow => _flow;

    private int PathId => _flow?.Context?.Path.Id ?? -1;

    /// <summary>The calling thread's ledger; <c>null</c> when it cannot be made.</summary>
    public static ThreadLedger? OfThread() => _mine ?? TryMake();

    /// <summary>The calling thread enters a flow, or none.</summary>
    public static void Switch(Flow? to)
    {
        ThreadLedger? ledger = _mine;
        if (ReferenceEquals(ledger?._flow, to) && to?.Scope is null)
            return;
        try
        {
            // A flow may go on for as long as the process after the scope that it began in; that costs nothing.
            StartupEntry? entry = to?.Scope?.Entry.Charged;
            ContextFlow? context = to?.Context;
            if (ledger is not null && ReferenceEquals(ledger._entry, entry) && ReferenceEquals(ledger._flow?.Context, context) && ReferenceEquals(ledger._flow?.Span, to?.Span))
            {
                ledger._flow = to;
                return;
            }
            if (ledger is null && entry is null && context is null && to?.Span is null)
                return;
            if ((ledger ?? OfThread()) is { } mine)
                mine.Switch(to, context, entry);
        }
        catch (Exception)
        {
            // The handler runs inside the host's own context switch, where an exception would be the host's end.
            if (_mine is { } mine)
                mine.GiveUpStep();
            else
                CountFault();
        }
    }

    private void Switch(Flow? to, ContextFlow? context, StartupEntry? entry)
    {
        ContextFlow? left = _flow?.Context;
        long now;
        if (ReferenceEquals(_entry, entry))
        {
            BeginStep();
            now = Stopwatch.GetTimestamp();
        }
        else
        {
            now = StartupBook.Move(_entry, entry); // waits for the book's lock, which readers of this ledger may hold
            BeginStep();
        }
        Step(to, entry, now);
        if (ReferenceEquals(left, context))
            return;
        left?.Pause(now);
        if (context?.Resume(now) is > 0 and long awaited)
            ChargeAwaiting(context.Path, awaited);
    }

    /// <summary>As <see cref="ServicePaths.Of(ServicePath?, string?)"/>, and quicker for what the thread enters again and again.</summary>
    public ServicePath PathOf(ServicePath? outer, string? service)
    {
        if (ReferenceEquals(service, _entered) && ReferenceEquals(outer, _enteredOn) && _enteredPath is { } again)
            return again;
        ServicePath path = ServiceBook.Paths.Of(outer, service);
        (_entered, _enteredOn, _enteredPath) = (service, outer, path);
        return path;
    }

    /// <summary>The thread goes on in another context of its flow, which counts it as busy already.</summary>
    public void HandTo(Flow? flow)
    {
        BeginStep();
        Step(flow, _entry, Stopwatch.GetTimestamp());
    }

    /// <summary>The context that the thread is in was entered.</summary>
    public void CountEntry()
    {
        if (_charge is { } charge)
            charge.Entries++;
    }

    public void ChargeAwaiting(ServicePath path, long ticks) => ChargeOf(path.Id).Awaiting += Math.Max(0, ticks);

    /// <summary>Counts a fault inside PerfKit that was kept from the host.</summary>
    public static void CountFault() => Interlocked.Increment(ref _faults);

    private Charge ChargeOf(int path)
    {
        if (path < _charges.Length && _charges[path] is { } charge)
            return charge;
        return AddCharge(path);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Charge AddCharge(int path)
    {
        if (path >= _charges.Length)
        {
            var larger = new Charge?[Math.Max(path + 1, _charges.Length * 2)];
            _charges.CopyTo(larger, 0);
            Volatile.Write(ref _charges, larger);
        }
        return _charges[path] = new Charge();
    }

    private void OpenFiles()
    {
        if (ThreadFiles.Open(_threadId) is not { } files)
            return;
        HasIo |= files.TryReadIo(out _ioBase, isOwner: true);
        HasQueued |= files.TryReadQueued(out _queuedBase, isOwner: true);
        Volatile.Write(ref _files, files);
    }
}
