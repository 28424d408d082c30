using PerfKit.Instrumentation;

namespace PerfKit.Benchmarking;

/// <summary>What one benchmark measured so far. Safe to use from several threads at once; bounded.</summary>
internal sealed class Recording
{
    private readonly Lock _gate = new();
    private readonly Queue<double> _durations = new();      // this and all below: guarded by _gate
    private readonly MemoryPeak _peak = new();
    private DateTimeOffset _finishedAt;
    private double _measuredNanoseconds;
    private long _operations;
    private long _failed;
    private long _known;
    private double? _cpuNanoseconds = 0;
    private double _allocatedBytes;
    private int _collections;
    private TimeSpan _pause;
    private string? _error;

    public required string Name { get; init; }

    public required string OperationType { get; init; }

    public required MeasuredOn On { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Adds an iteration.</summary>
    /// <param name="spent">What it cost, over all of its operations.</param>
    /// <param name="operations">How many operations it made.</param>
    /// <param name="error">Why its last operation failed; <see langword="null"/> when it did not.</param>
    public void Add(in Spent spent, long operations, Exception? error)
    {
        lock (_gate)
        {
            _operations += operations;
            _measuredNanoseconds += spent.Nanoseconds;
            _finishedAt = spent.At;
            _collections += spent.Collections;
            _pause += spent.Pause;
            if (spent.AllocatedBytes is { } allocated)
            {
                _known += operations;
                _allocatedBytes += allocated;
                _cpuNanoseconds += spent.CpuNanoseconds;
            }

            if (error is not null)
            {
                _failed++;
                _error ??= Names.Describe(error);
                return;     // how long a failure took says nothing about the operation
            }

            _durations.Enqueue(spent.Nanoseconds / operations);
            if (_durations.Count > BenchmarkOptions.MaxIterationLimit)
                _durations.Dequeue();
        }
    }

    public void Include(MemoryPeak peak)
    {
        lock (_gate)
            _peak.Include(peak);
    }

    /// <summary>The durations so far, sorted up.</summary>
    public DurationStatistics? Durations(double confidence)
    {
        lock (_gate)
            return DurationStatistics.Of(_durations, confidence);
    }

    public BenchmarkResult ToResult(StopReason stoppedBy, RunConditions conditions, double confidence)
    {
        lock (_gate)
        {
            (long? workingSet, long? managedHeap) = _peak.Bytes;
            return new BenchmarkResult
            {
                Name = Name,
                OperationType = OperationType,
                StartedAt = StartedAt,
                FinishedAt = _operations == 0 ? StartedAt : _finishedAt,
                Machine = conditions.Machine,
                Revision = conditions.Revision,
                Operations = _operations,
                FailedOperations = _failed,
                Error = _error,
                Duration = DurationStatistics.Of(_durations, confidence),
                MeasuredTime = TimeSpan.FromTicks((long)Math.Min(_measuredNanoseconds / 100, long.MaxValue / 2)),
                MeasuredOn = On,
                CpuNanoseconds = _known == 0 ? null : _cpuNanoseconds / _known,
                AllocatedBytes = _known == 0 ? null : _allocatedBytes / _known,
                Collections = _collections,
                CollectionPause = _pause,
                PeakWorkingSetBytes = workingSet,
                PeakManagedHeapBytes = managedHeap,
                StoppedBy = stoppedBy,
            };
        }
    }
}
