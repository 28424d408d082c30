using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>
/// One thread's books: which service and start-up scope run on it now, since when, and what each service has used on it. The
/// thread itself writes, without locks; readers sum over threads. Ledgers of threads that ended are added up and dropped.
/// </summary>
internal sealed partial class ThreadLedger
{
    // Short slices are taken as CPU time by the wall clock; the CPU clock settles them at the next longer slice.
    private static readonly long ClockedStartupSlice = Stopwatch.Frequency * 250 / 1_000_000;
    private static readonly long MostAssumed = Stopwatch.Frequency / 1_000;
    private static readonly long UntoldWait = Stopwatch.Frequency * 50 / 1_000_000;
    private static readonly long FiledGap = Stopwatch.Frequency / 1_000;
    private static readonly double TicksPerNanosecond = Stopwatch.Frequency / 1e9;

    private static readonly Lock Registration = new();
    private static readonly List<ThreadLedger> Ledgers = []; // guarded by Registration, as is Retired
    private static readonly Charge?[] Retired = new Charge?[ServiceBook.MaxPaths];
    private static long _retiredReads;
    private static long _retiredBytes;
    private static int _sweepAt = 64;
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

    private int PathId => _flow?.Service?.Path.Id ?? -1;

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
            ServiceContext? context = to?.Service;
            if (ledger is null && entry is null && context is null && to?.Span is null)
                return;
            if ((ledger ?? OfThread()) is { } mine)
                mine.Switch(to, context, entry);
        }
        catch (Exception)
        {
            // The handler runs inside the host's own context switch, where an exception would be the host's end.
            CountFault();
        }
    }

    private void Switch(Flow? to, ServiceContext? context, StartupEntry? entry)
    {
        ServiceContext? left = _flow?.Service;
        if (ReferenceEquals(left, context) && ReferenceEquals(_entry, entry) && ReferenceEquals(_flow?.Span, to?.Span))
        {
            _flow = to;
            return;
        }
        long now = ReferenceEquals(_entry, entry) ? Stopwatch.GetTimestamp() : StartupBook.Move(_entry, entry);
        Step(to, entry, now);
        if (ReferenceEquals(left, context))
            return;
        left?.Pause(now);
        if (context?.Resume(now) is > 0 and long awaited)
            ChargeAwaiting(context.Path, awaited);
    }

    /// <summary>As <see cref="ServiceBook.PathOf(ServicePath?, string?)"/>, and quicker for what the thread enters again and again.</summary>
    public ServicePath PathOf(ServicePath? outer, string? service)
    {
        if (ReferenceEquals(service, _entered) && ReferenceEquals(outer, _enteredOn) && _enteredPath is { } again)
            return again;
        ServicePath path = ServiceBook.PathOf(outer, service);
        (_entered, _enteredOn, _enteredPath) = (service, outer, path);
        return path;
    }

    /// <summary>The thread goes on in another context of its flow, which counts it as busy already.</summary>
    public void HandTo(Flow? flow) => Step(flow, _entry, Stopwatch.GetTimestamp());

    /// <summary>The context that the thread is in was entered.</summary>
    public void CountEntry()
    {
        if (_charge is { } charge)
            charge.Entries++;
    }

    public void ChargeAwaiting(ServicePath path, long ticks) => ChargeOf(path.Id).Awaiting += Math.Max(0, ticks);

    /// <summary>Counts a fault inside PerfKit that was kept from the host.</summary>
    public static void CountFault() => Interlocked.Increment(ref _faults);

    /// <summary>What has been used on each path so far: ended threads, living ones, and slices that run now.</summary>
    public static Charge[] Read(int paths, out long ownReads, out long ownBytes)
    {
        var totals = new Charge[paths];
        for (int id = 0; id < paths; id++)
            totals[id] = new Charge();
        lock (Registration)
        {
            RetireEnded();
            AddAll(Retired, totals);
            (ownReads, ownBytes) = (_retiredReads, _retiredBytes);
            foreach (ThreadLedger ledger in Ledgers)
            {
                ledger.AddRunningSlice(totals);
                ownReads += Volatile.Read(ref ledger._files)?.OwnReads ?? 0;
                ownBytes += Volatile.Read(ref ledger._files)?.OwnBytes ?? 0;
            }
        }
        return totals;
    }

    private void Step(Flow? flow, StartupEntry? entry, long now)
    {
        long wall = now - _since;
        Charge? next = flow?.Service is { } context ? ChargeOf(context.Path.Id) : null;
        if (_entry is not null || entry is not null || NeedsClock(next, wall))
        {
            StepLong(next, entry, now);
        }
        else
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            Volatile.Write(ref _version, _version + 1);
            Volatile.WriteBarrier();
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
        // From here on it is the next slice.
        _flow = flow;
        _charge = next;
        _since = now;
        ChargeSwitch(wall, now);
        Volatile.Write(ref _version, _version + 1);
    }

    // Leaves the version odd.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void StepLong(Charge? next, StartupEntry? entry, long now)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long wall = now - _since;
        bool isClocked = NeedsClock(next, wall) && ThreadClock.IsAvailable;
        long cpuNow = isClocked ? ThreadClock.ReadCurrent() : 0;
        long cpu = isClocked ? Math.Clamp(cpuNow - _cpuBase - _cpuAssumed, 0, wall) : wall;
        long queued = 0, queuedNow = _queuedBase;
        ThreadIo ioNow = _ioBase;
        if (_files is not null && NeedsFiles(next, wall, wall - cpu, now))
        {
            _filed = now;
            if (_files.TryReadQueued(out queuedNow, isOwner: true))
                queued = Math.Clamp((long)((queuedNow - _queuedBase) * TicksPerNanosecond), 0, wall - cpu);
            else
                queuedNow = _queuedBase;
            if (!_files.TryReadIo(out ioNow, isOwner: true))
                ioNow = _ioBase;
        }

        Volatile.Write(ref _version, _version + 1);
        Volatile.WriteBarrier();
        if (_charge is { } charge)
        {
            Book(charge, wall, cpu, queued, allocated, ioNow);
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
    private bool NeedsClock(Charge? next, long wall) =>
        wall >= (_charge is not null || next is not null ? AttributionDetail.ClockedSlice : ClockedStartupSlice) || wall + _cpuAssumed >= MostAssumed;

    // A service's I/O is in the files, so each of its longer slices reads them. A start-up scope alone asks them only to tell what
    // its thread waited for, if it waited. Else they are read to begin a service's first slice afresh, which needs no haste.
    private bool NeedsFiles(Charge? next, long wall, long waited, long now) =>
        _charge is not null ? wall >= AttributionDetail.FiledSlice
        : (_entry is not null && waited >= UntoldWait)
            || ((next is not null || _entry is null) && wall >= AttributionDetail.FiledSlice && now - _filed >= FiledGap);

    private void Book(Charge charge, long wall, long cpu, long queued, long allocated, in ThreadIo io)
    {
        charge.OnThread += wall;
        charge.Cpu += cpu;
        charge.QueuedForCpu += queued;
        if (_isPoolThread)
        {
            charge.BlockedOnPool += wall - cpu - queued;
            if (_files is null)
                charge.UnsureOnPool += wall - cpu;
        }
        charge.AllocatedBytes += allocated - _allocatedBase;
        charge.IoReadBytes += io.ReadBytes - _ioBase.ReadBytes;
        charge.IoWrittenBytes += io.WrittenBytes - _ioBase.WrittenBytes;
        charge.IoOperations += io.Operations - _ioBase.Operations;
    }

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadLedger? TryMake()
    {
        try
        {
            _mine = (_owner ??= new Owner()).Ledger;
            // A flow that nothing is charged for is no reason to make one, so the thread may be in such a one already.
            _mine._flow = PerfKit.Instrumentation.Flow.Current is { Service: null, Span: null } flow ? flow : null;
            return _mine;
        }
        catch (Exception)
        {
            CountFault();
            return null;
        }
    }

    private static void AddAll(Charge?[] charges, Charge[] totals)
    {
        for (int id = 0; id < Math.Min(charges.Length, totals.Length); id++)
        {
            if (charges[id] is { } charge)
                totals[id].Add(charge);
        }
    }

    private void OpenFiles()
    {
        if (ThreadFiles.Open(_threadId) is not { } files)
            return;
        HasIo |= files.TryReadIo(out _ioBase, isOwner: true);
        HasQueued |= files.TryReadQueued(out _queuedBase, isOwner: true);
        Volatile.Write(ref _files, files);
    }

    // Ended threads give their descriptors back without waiting for the collector. Under Registration.
    private static void RetireEnded()
    {
        for (int i = Ledgers.Count - 1; i >= 0; i--)
        {
            if (!Ledgers[i]._thread.IsAlive)
            {
                Ledgers[i].Retire();
                Ledgers.RemoveAt(i);
            }
        }
        _sweepAt = Math.Max(64, Ledgers.Count * 2);
    }

    // Under Registration.
    private void Retire()
    {
        if (_isRetired)
            return;
        _isRetired = true;
        for (int id = 0; id < _charges.Length; id++)
        {
            if (_charges[id] is { } charge)
                (Retired[id] ??= new Charge()).Add(charge);
        }
        _retiredReads += _files?.OwnReads ?? 0;
        _retiredBytes += _files?.OwnBytes ?? 0;
        _files?.Dispose();
    }

    /// <summary>Held by the thread alone; it is finalized after the thread has ended.</summary>
    private sealed class Owner
    {
        public Owner()
        {
            lock (Registration)
            {
                // First, so that an ended thread's place is free for this one.
                if (Ledgers.Count >= _sweepAt || ThreadFiles.IsFull)
                    RetireEnded();
            }
            Ledger = new ThreadLedger();
            lock (Registration)
                Ledgers.Add(Ledger);
        }

        ~Owner()
        {
            lock (Registration)
            {
                Ledger?.Retire();
                Ledgers.Remove(Ledger!);
            }
        }

        public ThreadLedger Ledger { get; }
    }
}
