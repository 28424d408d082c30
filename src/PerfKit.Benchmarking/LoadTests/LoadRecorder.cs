using PerfKit.Instrumentation;
using PerfKit.Statistics;

namespace PerfKit.Benchmarking;

/// <summary>Collects what operations on many threads report. Each thread writes cells of its own; a second's figures are joined once a second.</summary>
/// <param name="lagTolerance">How many nanoseconds an operation may start late.</param>
internal sealed class LoadRecorder(long lagTolerance) : IDisposable
{
    /// <summary>A series longer than this is made coarser, by halves.</summary>
    internal const int MaxIntervals = 1_200;

    private const int MaxErrorKinds = 16;

    private readonly ThreadLocal<LoadCell> _cells = new(trackAllValues: true);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LoadFailure> _failures = [];                               // guarded by _gate
    private SortedDictionary<long, (LatencyHistogram Latency, long Failed)> _series = [];          // guarded by _gate
    private int _seconds = 1;                                                                      // of an interval; guarded by _gate
    private volatile bool _isClosed;

    /// <summary>Operations that ended and failed so far.</summary>
    public (long Completed, long Failed) Counts
    {
        get
        {
            long completed = 0, failed = 0;
            foreach (LoadCell cell in _cells.Values)
            {
                completed += Volatile.Read(ref cell.Completed);
                failed += Volatile.Read(ref cell.Failed);
            }

            return (completed, failed);
        }
    }

    /// <summary>Notes that an operation started so long after it should have.</summary>
    public void Started(long lag)
    {
        if (_isClosed)
            return;

        LoadCell cell = Mine;
        cell.Lag.Record(lag);
        if (lag > lagTolerance)
            cell.Late++;
    }

    /// <summary>Notes the end of an operation.</summary>
    /// <param name="at">When, in nanoseconds from the start of the test.</param>
    /// <param name="latency">Its latency in nanoseconds.</param>
    /// <param name="error">Why it failed; <see langword="null"/> when it did not.</param>
    public void Ended(long at, long latency, Exception? error)
    {
        if (_isClosed)
            return;     // the test is over; it was counted as unfinished

        LoadCell cell = Mine;
        long second = at / 1_000_000_000;
        if (second != cell.Second)
            Flush(cell, second);

        cell.Window.Record(latency);
        if (error is not null)
        {
            cell.WindowFailed++;
            cell.FailedLatency.Record(latency);
            Volatile.Write(ref cell.Failed, cell.Failed + 1);
            Count(error.GetType().FullName ?? error.GetType().Name, Names.Describe(error));
        }

        Volatile.Write(ref cell.Completed, cell.Completed + 1);
    }

    /// <summary>Ends the recording, and gives everything.</summary>
    public LoadRecord Close()
    {
        _isClosed = true;
        var failed = new LatencyRecorder();
        var lag = new LatencyRecorder();
        foreach (LoadCell cell in _cells.Values)
        {
            Flush(cell, cell.Second);
            failed.Add(cell.FailedLatency);
            lag.Add(cell.Lag);
        }

        (long completed, long failures) = Counts;
        long late = _cells.Values.Sum(cell => cell.Late);
        lock (_gate)
        {
            return new LoadRecord(
                completed,
                failures,
                late,
                failed.ToHistogram(),
                lag.ToHistogram(),
                [.. _series.Select(pair => new LoadInterval(
                    TimeSpan.FromSeconds(pair.Key * _seconds), TimeSpan.FromSeconds(_seconds), pair.Value.Latency, pair.Value.Failed))],
                [.. _failures.Values.OrderByDescending(failure => failure.Count)]);
        }
    }

    public void Dispose() => _cells.Dispose();

    private LoadCell Mine => _cells.Value ??= new LoadCell();

    private void Flush(LoadCell cell, long next)
    {
        if (cell.Second >= 0)
        {
            LatencyHistogram latency = cell.Window.ToHistogram();
            lock (_gate)
                Join(cell.Second / _seconds, latency, cell.WindowFailed);
        }

        cell.Second = next;
        cell.Window.Reset();
        cell.WindowFailed = 0;
    }

    private void Join(long key, LatencyHistogram latency, long failed)
    {
        _series[key] = _series.TryGetValue(key, out (LatencyHistogram Latency, long Failed) known)
            ? (known.Latency.Merge(latency), known.Failed + failed)
            : (latency, failed);
        if (_series.Count <= MaxIntervals)
            return;

        SortedDictionary<long, (LatencyHistogram, long)> fine = _series;
        _series = [];
        _seconds *= 2;
        foreach ((long at, (LatencyHistogram some, long few)) in fine)
            Join(at / 2, some, few);
    }

    private void Count(string kind, string message)
    {
        lock (_gate)
        {
            if (!_failures.ContainsKey(kind) && _failures.Count >= MaxErrorKinds)
                kind = "(other)";
            LoadFailure failure = _failures.GetValueOrDefault(kind) ?? new LoadFailure(kind, 0, message);
            _failures[kind] = failure with { Count = failure.Count + 1 };
        }
    }

    /// <summary>What one thread noted. Written by that thread only.</summary>
    private sealed class LoadCell
    {
        public readonly LatencyRecorder Window = new();
        public readonly LatencyRecorder FailedLatency = new();
        public readonly LatencyRecorder Lag = new();
        public long Second = -1;
        public long WindowFailed;
        public long Completed;
        public long Failed;
        public long Late;
    }
}

/// <summary>Everything that a <see cref="LoadRecorder"/> collected.</summary>
internal sealed record LoadRecord(
    long Completed,
    long Failed,
    long Late,
    LatencyHistogram FailedLatency,
    LatencyHistogram StartLag,
    IReadOnlyList<LoadInterval> Series,
    IReadOnlyList<LoadFailure> Failures);
