namespace PerfKit.Instrumentation;

/// <summary>
/// What a start-up scope was made of, without those nested in it; times in <see cref="System.Diagnostics.Stopwatch"/> ticks.
/// Guarded by the lock of <see cref="StartupBook"/>; a copy is its owner's.
/// </summary>
internal struct StartupCharge
{
    public long Cpu;
    public long Jit;
    public long GcPause;
    public long Queued;
    public long Blocked;
    public long AllocatedBytes;
    public int JitMethods;
    public int Collections;
    public int AssembliesLoaded;

    /// <summary>Time in which no thread worked for the scope and none nested in it was open.</summary>
    public long Awaiting;

    /// <summary>Time of threads beyond the first, and of all while a nested scope was open.</summary>
    public long Overlapping;

    /// <summary>Time in which no thread worked for the scope, nor for any nested in it, however deep.</summary>
    public long Idle;

    private long _since;
    private int _threads;
    private int _nested;
    private int _active; // threads, and directly nested scopes that are active themselves
    private bool _isOpen;
    private bool _isClosed;

    /// <summary>It has not begun to be charged.</summary>
    public readonly bool IsNew => !_isOpen && !_isClosed;

    public readonly bool IsOpen => _isOpen;

    public readonly bool IsActive => _active > 0;

    public void Open(long now)
    {
        _since = now;
        _isOpen = true;
    }

    public void Close(long now)
    {
        Advance(now);
        _isOpen = false;
        _isClosed = true;
    }

    /// <summary>Books the time up to now.</summary>
    public void Advance(long now)
    {
        // Threads read the clock before they get here, so one may come a little late; it counts from where the book is.
        long passed = now - _since;
        if (!_isOpen || passed <= 0)
            return;
        _since = now;
        if (_active == 0)
            Idle += passed;
        if (_nested > 0)
            Overlapping += _threads * passed;
        else if (_threads > 0)
            Overlapping += (_threads - 1) * passed;
        else
            Awaiting += passed;
    }

    public void CountThreads(int change, long now)
    {
        Advance(now);
        _threads += change;
    }

    public void CountNested(int change, long now)
    {
        Advance(now);
        _nested += change;
    }

    /// <summary>Something in the scope begins or ceases to be active.</summary>
    /// <returns>The scope as a whole did so too.</returns>
    public bool CountActive(int change, long now)
    {
        Advance(now);
        _active += change;
        return _active == (change > 0 ? 1 : 0);
    }

    public void Add(in StartupSlice slice)
    {
        Cpu += slice.Cpu;
        Jit += slice.Jit;
        GcPause += slice.GcPause;
        Queued += slice.Queued;
        Blocked += slice.Blocked;
        AllocatedBytes += slice.AllocatedBytes;
        JitMethods += (int)slice.JitMethods;
        Collections += slice.Collections;
    }

    /// <summary>Adds what another scope was made of; who is at work in it stays its own.</summary>
    public void Add(in StartupCharge other)
    {
        Cpu += other.Cpu;
        Jit += other.Jit;
        GcPause += other.GcPause;
        Queued += other.Queued;
        Blocked += other.Blocked;
        AllocatedBytes += other.AllocatedBytes;
        JitMethods += other.JitMethods;
        Collections += other.Collections;
        AssembliesLoaded += other.AssembliesLoaded;
        Awaiting += other.Awaiting;
        Overlapping += other.Overlapping;
    }
}
