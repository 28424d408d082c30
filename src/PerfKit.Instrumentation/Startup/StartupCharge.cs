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
    public long Loading;
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
    }

    /// <summary>Books the time up to now.</summary>
    public void Advance(long now)
    {
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

    /// <summary>
    /// A thread that works for a scope begins one inside it, and works for that from now on: in one step, since this is what
    /// nearly every scope begins with.
    /// </summary>
    public static void HandDown(ref StartupCharge outer, ref StartupCharge inner, long now)
    {
        outer.Advance(now);
        outer._threads--;
        outer._nested++; // as active as the thread was
        inner._since = now;
        inner._threads = inner._active = 1;
        inner._isOpen = true;
    }

    /// <summary>The way back, which nearly every scope ends with: its only thread ends it, and works for the outer one again.</summary>
    /// <returns>That was so; else nothing has changed.</returns>
    public static bool TryHandUp(ref StartupCharge inner, ref StartupCharge outer, long now)
    {
        if (inner is not { _isOpen: true, _threads: 1, _nested: 0 })
            return false;
        inner.Advance(now);
        inner._threads = inner._active = 0;
        inner._isOpen = false;
        outer.Advance(now);
        outer._threads++;
        outer._nested--;
        return true;
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

    /// <summary>
    /// The time of a load becomes a part of its own, out of the parts that it was in so far. How much of it the thread was
    /// waiting for a CPU is not known of one load; it is taken to be as much as of the scope's other work.
    /// </summary>
    public void TakeLoading(long duration, bool isInJit)
    {
        long ran = StartupSlice.Running(duration, Cpu + Jit, Queued);
        Loading += (isInJit ? Take(ref ran, ref Jit) : 0) + Take(ref ran, ref Cpu) + Take(ref ran, ref Blocked);
    }

    /// <summary>Adds what another scope was made of; who is at work in it stays its own.</summary>
    public void Add(in StartupCharge other)
    {
        Cpu += other.Cpu;
        Jit += other.Jit;
        GcPause += other.GcPause;
        Queued += other.Queued;
        Blocked += other.Blocked;
        Loading += other.Loading;
        AllocatedBytes += other.AllocatedBytes;
        JitMethods += other.JitMethods;
        Collections += other.Collections;
        AssembliesLoaded += other.AssembliesLoaded;
        Awaiting += other.Awaiting;
        Overlapping += other.Overlapping;
    }

    /// <summary>Takes as much of what is wanted as there is.</summary>
    public static long Take(ref long wanted, ref long from)
    {
        long taken = Math.Clamp(from, 0, wanted);
        wanted -= taken;
        from -= taken;
        return taken;
    }
}
