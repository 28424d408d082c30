namespace PerfKit.Sampling;

/// <summary>Samples the resources of this process and its machine: on demand, or on a thread of its own at a fixed interval.</summary>
/// <remarks>
/// <para>All members may be used from any thread. Nothing throws into the host but the constructor, for options out of range.</para>
/// <para>On Linux the files under <c>/proc</c> are opened once and kept open, and a sample allocates nothing once warm, but some hundred bytes
/// after a garbage collection, and 54 kB about every nine minutes until <see cref="ResourceSamplerOptions.CoarseHistory"/> has passed.</para>
/// <para>Dispose it: until then it listens to the exceptions thrown in the process, in order to count them.</para>
/// </remarks>
public sealed class ResourceSampler : IDisposable
{
    private readonly Lock _sampling = new();
    private readonly Lock _controlling = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly UnavailableFigures _unavailable;
    private readonly IResourceReader[] _readers; // used under _sampling only
    private ResourceReading _previous;           // guarded by _sampling
    private long? _previousTimestamp;            // guarded by _sampling
    private SamplingThread? _thread;             // guarded by _controlling
    private bool _disposed;                      // guarded by _controlling
    private long _failedHandlers;
    private int _due;                            // touched by the sampler's thread only

    /// <summary>Makes a sampler that is not running yet: call <see cref="Start"/>, or <see cref="Sample"/> when you like.</summary>
    /// <param name="options">Read once, here; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range. The message names every such option, its value and what
    /// is allowed.</exception>
    public ResourceSampler(ResourceSamplerOptions? options = null, TimeProvider? timeProvider = null)
        : this(
            options, timeProvider, new UnavailableFigures(),
            unavailable => PlatformReaders.ForThisProcess(unavailable, timeProvider ?? TimeProvider.System, options ?? new ResourceSamplerOptions()))
    {
    }

    /// <summary>What surrounds the thread's own samples, so that their cost can be charged; <c>null</c> for nothing.</summary>
    internal Func<IDisposable>? Surroundings { get; set; }

    /// <summary>The thread takes one in so many of the samples that are due.</summary>
    internal int TakenOneIn { get; set; } = 1;

    internal ResourceSampler(
        ResourceSamplerOptions? options,
        TimeProvider? timeProvider,
        UnavailableFigures unavailable,
        Func<UnavailableFigures, IResourceReader[]> readers)
    {
        options ??= new ResourceSamplerOptions();
        if (options.Mistakes() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes), nameof(options));

        _time = timeProvider ?? TimeProvider.System;
        _interval = options.Interval;
        History = new SampleHistory(options.HistoryCapacity, options.CoarseHistory);
        _unavailable = unavailable;
        _readers = readers(unavailable);
    }

    /// <summary>Raised after each sample that the sampler's own thread took, on that thread.</summary>
    /// <remarks>A slow handler delays the next sample. An exception from a handler is counted in <see cref="FailedHandlers"/> and goes
    /// no further; the other handlers are still called. Samples taken by a call of <see cref="Sample"/> are not announced.</remarks>
    public event Action<ResourceSample>? Sampled;

    /// <summary>Gets the time between two samples of the sampler's own thread.</summary>
    public TimeSpan Interval => _interval;

    /// <summary>Gets the samples taken so far, by the thread and by calls of <see cref="Sample"/>; a live object.</summary>
    public SampleHistory History { get; }

    /// <summary>Gets the figures that could not be read at least once, each with the first reason; empty if all went well.</summary>
    /// <value>An unchanging list, in the order noticed; ask again for what was noticed since.</value>
    public IReadOnlyList<UnavailableFigure> Unavailable => _unavailable.All;

    /// <summary>Gets how many calls of handlers of <see cref="Sampled"/> ended in an exception.</summary>
    public long FailedHandlers => Interlocked.Read(ref _failedHandlers);

    /// <summary>Takes a sample now, on the calling thread, and adds it to <see cref="History"/>.</summary>
    /// <returns>The sample. Its rates are over the time since the previous sample, whoever took that.</returns>
    /// <remarks>Costs some microseconds on Linux. Calls follow one another under one lock. After <see cref="Dispose"/>
    /// the figures that come from files are <see langword="null"/>, and exceptions are no longer counted.</remarks>
    public ResourceSample Sample()
    {
        lock (_sampling)
        {
            var reading = default(ResourceReading);
            DateTimeOffset timestamp = _time.GetUtcNow();
            long now = _time.GetTimestamp();
            foreach (IResourceReader reader in _readers) Read(reader, ref reading);

            TimeSpan? interval = _previousTimestamp is { } previous ? _time.GetElapsedTime(previous, now) : null;
            ResourceSample sample = SampleArithmetic.Sample(timestamp, interval, _previous, reading);
            _previous = reading;
            _previousTimestamp = now;
            History.Add(sample);
            return sample;
        }
    }

    /// <summary>Starts sampling at the interval, the first time at once; does nothing if it runs already or is disposed.</summary>
    /// <remarks>
    /// <para>The samples are taken on a background thread of its own, so they go on when the thread pool is starved. They are due at the
    /// start plus whole intervals, so delays don't add up; intervals missed, say while the machine slept, are left out, not made up.</para>
    /// <para>A <see cref="TimeProvider"/> other than <see cref="TimeProvider.System"/> wakes the thread through its
    /// <see cref="TimeProvider.CreateTimer"/>.</para>
    /// </remarks>
    public void Start()
    {
        lock (_controlling)
        {
            if (_disposed || _thread is not null) return;
            try
            {
                _thread = new SamplingThread(SampleAndAnnounce, _interval, _time, _unavailable);
            }
            catch (Exception e) when (e is OutOfMemoryException or ThreadStartException) // the system's limit of threads is reached
            {
                _unavailable.Note("(schedule)", $"The sampler's thread could not start: {e.Message}");
            }
        }
    }

    /// <summary>Stops sampling; does nothing if it does not run. It may be started again.</summary>
    /// <remarks>Waits for a sample under way and its handlers, but at most five seconds; not at all when called by a handler.</remarks>
    public void Stop()
    {
        SamplingThread? thread;
        lock (_controlling)
        {
            thread = _thread;
            _thread = null;
        }

        if (thread is null) return;
        thread.Stop(); // outside the lock: a handler under way may itself call Start or Stop
        lock (_sampling) _previousTimestamp = null; // the pause until the next start is nobody's interval
    }

    /// <summary>Stops sampling and closes the files; <see cref="History"/> stays readable. May be called more than once.</summary>
    public void Dispose()
    {
        lock (_controlling)
        {
            if (_disposed) return;
            _disposed = true; // from here on Start does nothing
        }

        Stop();
        lock (_sampling)
        {
            foreach (IResourceReader reader in _readers) reader.Dispose();
        }
    }

    private void Read(IResourceReader reader, ref ResourceReading reading)
    {
        try
        {
            reader.Read(ref reading);
        }
        catch (Exception e) // a reader must never break the host; what it had set by then is kept
        {
            _unavailable.Note($"({reader.GetType().Name})", e.Message);
        }
    }

    private void SampleAndAnnounce()
    {
        if (_due++ % TakenOneIn != 0) return;
        ResourceSample sample;
        using (Surroundings?.Invoke())
            sample = Sample();
        foreach (Action<ResourceSample> handler in Delegate.EnumerateInvocationList(Sampled))
        {
            try
            {
                handler(sample);
            }
            catch (Exception) // counted; a subscriber's mistake must not end the sampling, nor the process
            {
                Interlocked.Increment(ref _failedHandlers);
            }
        }
    }
}
