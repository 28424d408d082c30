using PerfKit.Sampling;

namespace PerfKit.Benchmarking;

/// <summary>Looks at memory in the background and remembers the peak for every measurement under way.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<MemoryPeak> _open = [];       // guarded by _gate
    private readonly ResourceSampler _sampler;

    public MemoryWatch(TimeSpan interval, TimeProvider time)
    {
        _sampler = new ResourceSampler(new ResourceSamplerOptions { Interval = interval, HistoryCapacity = 2 }, time);
        _sampler.Sampled += Note;
    }

    public MemoryPeak Begin()
    {
        var peak = new MemoryPeak();
        lock (_gate)
        {
            _open.Add(peak);
            if (_open.Count == 1)
                _sampler.Start();
        }

        peak.Include(_sampler.Sample());
        return peak;
    }

    public void End(MemoryPeak peak)
    {
        peak.Include(_sampler.Sample());
        lock (_gate)
            _open.Remove(peak);     // the thread goes on: another measurement mostly follows
    }

    public void Dispose() => _sampler.Dispose();

    private void Note(ResourceSample sample)
    {
        lock (_gate)
        {
            foreach (MemoryPeak peak in _open)
                peak.Include(sample);
        }
    }
}

/// <summary>The most memory seen during one measurement.</summary>
internal sealed class MemoryPeak
{
    private readonly Lock _gate = new();
    private long? _workingSet;      // guarded by _gate
    private long? _managedHeap;     // guarded by _gate

    public (long? WorkingSet, long? ManagedHeap) Bytes
    {
        get
        {
            lock (_gate)
                return (_workingSet, _managedHeap);
        }
    }

    public void Include(in ResourceSample sample)
    {
        lock (_gate)
        {
            _workingSet = Greater(_workingSet, sample.WorkingSetBytes);
            _managedHeap = Greater(_managedHeap, sample.ManagedHeapBytes);
        }
    }

    public void Include(MemoryPeak other)
    {
        (long? workingSet, long? managedHeap) = other.Bytes;
        lock (_gate)
        {
            _workingSet = Greater(_workingSet, workingSet);
            _managedHeap = Greater(_managedHeap, managedHeap);
        }
    }

    private static long? Greater(long? one, long? other) => one is null ? other : other is null ? one : Math.Max(one.Value, other.Value);
}
