using System.Diagnostics;

namespace PerfKit.Instrumentation;

/// <summary>
/// Keeps a record of every start-up scope. Thread-safe. Memory is bounded: beyond <see cref="Capacity"/> records scopes
/// still work and are counted, but not kept.
/// </summary>
public sealed class StartupTracker
{
    /// <summary>Records kept unless a constructor says otherwise: 65,536.</summary>
    public const int DefaultCapacity = 65_536;

    private const int MaxDependencies = 1_024;
    private const int MaxMilestones = 64;

    private readonly TimeProvider _time;
    private readonly Func<MemoryReading> _memory;
    private readonly bool _isMetered; // the platform's counters know the system's clock only
    private readonly Lock _lock = new();

    // Guarded by _lock, as are the entries.
    private readonly List<StartupEntry> _entries = [];
    private readonly List<(string Name, long At)> _milestones = [];
    private long _dropped;
    private long _ready;
    private bool _isReady;
    private StartupEntry? _readyInside;
    private MemoryReading _baseline;
    private MemoryReading _atReady;
    private StartupPrelude? _prelude;

    /// <summary>Makes a tracker of its own, for tests or for parts of an application that start on their own.</summary>
    /// <param name="timeProvider">The clock; the system's when <c>null</c>.</param>
    /// <param name="capacity">Most records kept, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is below 1.</exception>
    public StartupTracker(TimeProvider? timeProvider = null, int capacity = DefaultCapacity)
        : this(timeProvider ?? TimeProvider.System, capacity, MemoryReading.Now)
    {
    }

    internal StartupTracker(TimeProvider timeProvider, int capacity, Func<MemoryReading> memory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _time = timeProvider;
        _memory = memory;
        Capacity = capacity;
        _isMetered = timeProvider == TimeProvider.System;
        if (_isMetered)
            AssemblyLoads.Watch();
    }

    /// <summary>The process-wide tracker that <see cref="StartupScope.Begin"/> writes to.</summary>
    public static StartupTracker Default { get; } = new();

    /// <summary>Most records kept.</summary>
    public int Capacity { get; }

    /// <summary>The application was marked ready.</summary>
    public bool IsReady
    {
        get { lock (_lock) return _isReady; }
    }

    /// <summary>Begins a scope in this tracker. It nests in the flow's innermost open scope of the same tracker.</summary>
    /// <param name="name">The service's name. Scopes of one name are one service.</param>
    /// <param name="type">How much the application needs the service.</param>
    /// <returns>The scope; dispose it when the service is ready.</returns>
    public StartupScope Begin(string name, ServiceType type = ServiceType.Essential) => Begin(name, type, phase: null);

    /// <summary>Begins a scope of one part of a service's start.</summary>
    /// <param name="name">The service's name. Scopes of one name are one service, whatever their phases.</param>
    /// <param name="type">How much the application needs the service.</param>
    /// <param name="phase">Which part of its start it is; <c>null</c> for no part in particular.</param>
    /// <returns>The scope; dispose it when that part is done.</returns>
    public StartupScope Begin(string name, ServiceType type, string? phase) =>
        Begin((object)Names.Clean(name), type, phase is null ? null : Names.Clean(phase));

    /// <summary>As the other, for what is dear to name.</summary>
    internal StartupScope Begin(IStartupSubject subject, ServiceType type, string phase) => Begin((object)subject, type, phase);

    private StartupScope Begin(object nameOrSubject, ServiceType type, string? phase)
    {
        Flow? flow = Flow.Current;
        var entry = new StartupEntry(nameOrSubject, type, flow?.Scope?.Entry.Charged, _isMetered)
        {
            Phase = phase,
            BeganOnThread = Environment.CurrentManagedThreadId,
            IsLoadTimed = AssemblyLoads.IsTimed,
        };
        StartupEntry? parent = OpenParent();
        StartupEntry? previous = flow?.Previous;
        ThreadLedger? ledger = _isMetered ? ThreadLedger.OfThread() : null;
        MemoryReading? baseline = _entries.Count == 0 ? _memory() : null;
        StartupPrelude? prelude = _isMetered && _entries.Count == 0 ? StartupPrelude.Read() : null;
        lock (_lock)
        {
            if (_entries.Count == 0)
            {
                _baseline = baseline ?? default;
                _prelude = prelude;
            }
            if (_entries.Count < Capacity)
            {
                entry.Id = _entries.Count;
                _entries.Add(entry);
            }
            else
            {
                _dropped++;
            }
            entry.Parent = parent;
            if (previous is { IsDropped: false } && previous.Parent == parent && IsMine(previous))
                entry.Previous = previous;
            entry.IsAfterReady = _isReady;
            if (_isMetered && !entry.IsDropped)
                StartupBook.Begin(entry, isCharged: ledger is not null, ledger?.Entry);
            else
                entry.Began = _time.GetTimestamp();
        }
        if (!entry.IsDropped)
            ledger?.StepTo(entry, entry.Began);
        return new StartupScope(this, entry);
    }

    /// <summary>
    /// Says that the application is ready: start-up time ends here, and scopes that begin later are kept but not counted
    /// into it. The first call counts. A host does this by itself when the auditor is registered.
    /// </summary>
    public void MarkReady()
    {
        MemoryReading memory = _memory();
        StartupEntry? inside = OpenParent();
        lock (_lock)
        {
            if (_isReady)
                return;
            _isReady = true;
            _readyInside = inside;
            _ready = _time.GetTimestamp();
            _atReady = memory;
        }
    }

    /// <summary>
    /// Has the runtime tell how long assemblies take to load, for the scopes of every tracker that begin from now on; without
    /// it, only their names and number are known. Call it first thing, once. Nothing is thrown where the runtime cannot tell.
    /// </summary>
    /// <remarks>
    /// It starts the runtime's event stream, which costs some 35 ms of start-up, and a few microseconds an assembly. The events
    /// come late by a tenth of a second at most, as a rule: a snapshot leaves out what has not come yet. A load's time is taken
    /// out of <see cref="StartupComposition.Jit"/> when a compilation of at least its length ended after it and before the
    /// thread's next load, since the compiler then asked for it; else out of <see cref="StartupComposition.Cpu"/> and then
    /// <see cref="StartupComposition.Blocked"/>.
    /// </remarks>
    /// <returns>Stops listening when disposed.</returns>
    public static IDisposable TimeAssemblyLoads() => AssemblyLoads.Time();

    /// <summary>
    /// Marks an instant. A name counts once, the first time; names beyond the first 64 are ignored. A host's milestones
    /// are marked by themselves when the auditor is registered.
    /// </summary>
    /// <param name="milestone">What was reached.</param>
    /// <param name="ago">How long ago that was; zero or less for now.</param>
    public void Mark(string milestone, TimeSpan ago = default)
    {
        string name = Names.Clean(milestone);
        long since = ago > TimeSpan.Zero ? (long)(ago.TotalSeconds * _time.TimestampFrequency) : 0;
        lock (_lock)
        {
            if (_milestones.Count < MaxMilestones && !_milestones.Exists(known => known.Name == name))
                _milestones.Add((name, _time.GetTimestamp() - since));
        }
    }

    /// <summary>An immutable copy of all records as they are now.</summary>
    /// <returns>The snapshot; <see cref="StartupSnapshot.Empty"/> when no scope has begun.</returns>
    public StartupSnapshot Snapshot()
    {
        MemoryReading memory = _memory();
        List<RunningSlice> running = _isMetered ? ThreadLedger.ReadRunning() : [];
        List<StartupEntry> entries;
        (string Name, long At)[] milestones;
        StartupSnapshotBuilder builder;
        StartupPrelude? prelude;
        long? baseline, peak;
        TimeSpan? cpu;
        long dropped;
        lock (_lock)
        {
            if (_entries.Count == 0)
                return StartupSnapshot.Empty;
            // Copied here and built outside: a host's thread that begins a scope must not wait for a report.
            entries = _entries.ConvertAll(entry => entry.CopyFacts());
            long now = _isMetered ? StartupBook.Read(_entries, entries, running) : _time.GetTimestamp();
            builder = new StartupSnapshotBuilder(_time, _isMetered, now, _isReady ? _ready : null, _readyInside);
            milestones = [.. _milestones.OrderBy(reached => reached.At)];
            prelude = _prelude;
            baseline = _baseline.Current;
            peak = _isReady ? _atReady.Peak : memory.Peak;
            cpu = _time == TimeProvider.System ? (_isReady ? _atReady.Cpu : memory.Cpu) - _baseline.Cpu : null; // other clocks know nothing of it
            dropped = _dropped;
        }
        TimeSpan? before = BeforeFirstScope(entries[0].Began);
        return builder.Build(entries, milestones) with
        {
            BeforeFirstScope = before,
            BeforeFirst = before is { } wall ? prelude?.Compose(wall) : null,
            BaselineWorkingSetBytes = baseline,
            PeakWorkingSetBytes = peak,
            ProcessCpu = cpu,
            DroppedRecords = dropped,
        };
    }

    internal void AddDependency(StartupEntry entry, string name)
    {
        name = Names.Clean(name);
        lock (_lock)
        {
            List<DependencyEntry> dependencies = entry.Dependencies ??= [];
            if (dependencies.Count < MaxDependencies && !dependencies.Exists(known => known.Name == name))
                dependencies.Add(new DependencyEntry(name));
        }
    }

    internal DependencyEntry BeginDependency(StartupEntry entry, string name)
    {
        var dependency = new DependencyEntry(Names.Clean(name)) { IsTimed = true };
        lock (_lock)
        {
            List<DependencyEntry> dependencies = entry.Dependencies ??= [];
            // A name that turns out to be timed is still one dependency.
            dependencies.RemoveAll(known => known.Name == dependency.Name && !known.IsTimed);
            if (dependencies.Count < MaxDependencies)
                dependencies.Add(dependency);
            dependency.Began = _time.GetTimestamp();
        }
        return dependency;
    }

    internal void Fail(StartupEntry entry, Exception? exception)
    {
        string error = exception is null ? "(no exception)" : Names.Describe(exception);
        lock (_lock)
        {
            entry.HasFailed = true;
            entry.Error ??= error;
        }
    }

    internal void Fail(DependencyEntry dependency)
    {
        lock (_lock)
            dependency.HasFailed = true;
    }

    internal void End(StartupEntry entry)
    {
        ThreadLedger? ledger = _isMetered && !entry.IsDropped ? ThreadLedger.OfThread() : null;
        bool isAtWork = ledger is not null && ledger.Entry == entry;
        StartupEntry? next = null;
        lock (_lock)
        {
            if (entry.IsEnded)
                return;
            entry.EndedOnThread = Environment.CurrentManagedThreadId;
            if (_isMetered && !entry.IsDropped)
            {
                next = StartupBook.End(entry, isAtWork);
            }
            else
            {
                entry.Ended = _time.GetTimestamp();
                entry.IsEnded = true;
            }
        }
        if (isAtWork)
            ledger!.StepTo(next, entry.Ended);
    }

    internal void End(DependencyEntry dependency)
    {
        lock (_lock)
        {
            if (dependency.IsEnded)
                return;
            dependency.Ended = _time.GetTimestamp();
            dependency.IsEnded = true;
        }
    }

    private StartupEntry? OpenParent()
    {
        StartupScope? scope = Flow.Current?.Scope;
        if (scope is null || scope.Tracker != this)
            return null;
        StartupEntry? entry = scope.Entry;
        while (entry is not null && entry.IsEnded)
            entry = entry.Parent;
        return entry;
    }

    private bool IsMine(StartupEntry entry) => entry.Id < _entries.Count && _entries[entry.Id] == entry;

    // Process start is known to the system clock only, so another clock gets no answer rather than a wrong one.
    private TimeSpan? BeforeFirstScope(long began)
    {
        if (!_isMetered)
            return null;
        try
        {
            using Process process = Process.GetCurrentProcess();
            TimeSpan uptime = _time.GetUtcNow() - process.StartTime.ToUniversalTime();
            TimeSpan before = uptime - _time.GetElapsedTime(began);
            return before > TimeSpan.Zero ? before : null;
        }
        catch (Exception) // whatever the platform lacks, the figure is unknown
        {
            return null;
        }
    }
}
