using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>
/// One thread's books: which service and start-up scope run on it now, since when, and what each service has used on it. The
/// thread itself writes, without locks; readers sum over threads. Ledgers of threads that ended are added up and dropped.
/// </summary>
internal sealed partial class ThreadLedger
{
    // Short slices are taken as CPU time by the wall clock; the CPU clock, a system call, settles them at the next longer
    // slice. The kernel's files, dearer still, are read for slices in which waiting or I/O can matter.
    private static readonly long ClockedSlice = Stopwatch.Frequency * 5 / 1_000_000;
    private static readonly long ClockedStartupSlice = Stopwatch.Frequency * 250 / 1_000_000;
    private static readonly long MostAssumed = Stopwatch.Frequency / 1_000;
    private static readonly long FiledSlice = Stopwatch.Frequency * 200 / 1_000_000;
    private static readonly long UntoldWait = Stopwatch.Frequency * 50 / 1_000_000;
    private static readonly long FiledGap = Stopwatch.Frequency / 1_000;
    private static readonly double TicksPerNanosecond = Stopwatch.Frequency / 1e9;

    private static readonly Lock Registration = new();
    private static readonly List<ThreadLedger> Ledgers = []; // guarded by Registration, as is Retired
    private static readonly Charge?[] Retired = new Charge?[ServiceBook.MaxServices];
    private static long _retiredReads;
    private static long _retiredBytes;
    private static int _sweepAt = 64;
    private static long _faults;

    [ThreadStatic]
    private static Owner? _owner;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly int _threadId;
    private readonly int _clock;
    private readonly bool _isPoolThread;
    private ThreadFiles? _files;
    private bool _isRetired; // guarded by Registration
    private long _filed;
    private Charge?[] _charges = new Charge?[8];

    // The running slice. Odd versions mark a change in progress, for readers on other threads.
    private int _version;
    private int _serviceId = -1;
    private long _since;
    private long _allocatedBase;
    private long _cpuBase;
    private long _cpuAssumed;
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

    /// <summary>The calling thread leaves one flow for another; either may be none.</summary>
    public static void Switch(Flow? from, Flow? to)
    {
        ServiceContext? left = from?.Service, entered = to?.Service;
        if (ReferenceEquals(left, entered) && ReferenceEquals(from?.Scope, to?.Scope))
            return;
        try
        {
            StartupEntry? entry = to?.Scope?.Entry.Charged;
            // A flow may go on for as long as the process after the scope that it began in; that costs nothing.
            if (ReferenceEquals(left, entered) && ReferenceEquals(_owner?.Ledger._entry, entry))
                return;
            ThreadLedger ledger = (_owner ??= new Owner()).Ledger;
            long now = ReferenceEquals(ledger._entry, entry) ? Stopwatch.GetTimestamp() : StartupBook.Move(ledger._entry, entry);
            ledger.Step(entered?.ServiceId ?? -1, entry, now);
            if (ReferenceEquals(left, entered))
                return;
            left?.Pause(now);
            entered?.Resume(now);
        }
        catch (Exception)
        {
            // The handler runs inside the host's own context switch, where an exception would be the host's end.
            CountFault();
        }
    }

    /// <summary>Counts a fault inside PerfKit that was kept from the host.</summary>
    public static void CountFault() => Interlocked.Increment(ref _faults);

    /// <summary>What each service has used so far, by id: ended threads, living ones, and slices that run now.</summary>
    public static Charge[] Read(int services, out long ownReads, out long ownBytes)
    {
        var totals = new Charge[services];
        for (int id = 0; id < services; id++)
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

    private void Step(int serviceId, StartupEntry? entry, long now)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long wall = now - _since;
        bool isClocked = NeedsClock(serviceId, wall) && ThreadClock.IsAvailable;
        long cpuNow = isClocked ? ThreadClock.ReadCurrent() : 0;
        long cpu = isClocked ? Math.Clamp(cpuNow - _cpuBase - _cpuAssumed, 0, wall) : wall;
        long queued = 0, queuedNow = _queuedBase;
        ThreadIo ioNow = _ioBase;
        if (_files is not null && NeedsFiles(serviceId, wall, wall - cpu, now))
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
        if (_serviceId >= 0)
        {
            Charge(ChargeOf(_serviceId), wall, cpu, queued, allocated, ioNow);
            if (wall >= FiledSlice)
                KeepSlice(now);
        }
        if (_entry is not null || entry is not null)
            ChargeStartup(entry, wall, cpu, queued, allocated - _allocatedBase, now);
        if (isClocked)
        {
            _cpuBase = cpuNow;
            _cpuAssumed = 0;
        }
        else
        {
            _cpuAssumed += wall;
        }
        _queuedBase = queuedNow;
        _ioBase = ioNow;
        _allocatedBase = _serviceId >= 0 ? GC.GetAllocatedBytesForCurrentThread() : allocated; // a service's first charge allocates
        _serviceId = serviceId;
        _since = now;
        Volatile.Write(ref _version, _version + 1);
    }

    // Start-ups make many scopes once each, in code that is cold by then: the system call would be the dearest part of a short one.
    // What they assume stays among them, and below a millisecond in all.
    private bool NeedsClock(int next, long wall) => _serviceId >= 0 || next >= 0
        ? wall >= ClockedSlice
        : wall >= ClockedStartupSlice || wall + _cpuAssumed >= MostAssumed;

    // A service's I/O is in the files, so each of its longer slices reads them. A start-up scope alone asks them only to tell what
    // its thread waited for, if it waited. Else they are read to begin a service's first slice afresh, which needs no haste.
    private bool NeedsFiles(int next, long wall, long waited, long now) =>
        _serviceId >= 0 ? wall >= FiledSlice
        : (_entry is not null && waited >= UntoldWait) || ((next >= 0 || _entry is null) && wall >= FiledSlice && now - _filed >= FiledGap);

    private void Charge(Charge charge, long wall, long cpu, long queued, long allocated, in ThreadIo io)
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

    private Charge ChargeOf(int serviceId)
    {
        if (serviceId >= _charges.Length)
        {
            var larger = new Charge?[Math.Max(serviceId + 1, _charges.Length * 2)];
            _charges.CopyTo(larger, 0);
            Volatile.Write(ref _charges, larger);
        }
        return _charges[serviceId] ??= new Charge();
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
        ForgetPast();
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
