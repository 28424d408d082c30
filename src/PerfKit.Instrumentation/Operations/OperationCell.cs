using System.Runtime.CompilerServices;
using PerfKit.Statistics;

namespace PerfKit.Instrumentation;

/// <summary>
/// One meter's counters of one thread, which alone writes them. A cell without a thread is a sum, or shared by threads that
/// have none; its meter's lock guards it.
/// </summary>
internal sealed class OperationCell(OperationCells cells, Thread? owner) : LatencyRecorder
{
    // How many operations may pass before SampleEvery is read again.
    private const int MostSkips = 1_023;

    private long _failed;
    private long _untimed;
    private long _allocatedBytes;
    private long _allocating;

    // When so many were not timed, it is to be chosen anew, and the next one is timed if that was chosen before.
    private long _choiceAt;
    private bool _isTimedThen;

    /// <summary>All cells of the same meter.</summary>
    public OperationCells Meter => cells;

    /// <summary>The owner has ended: nobody writes any more.</summary>
    public bool IsAbandoned => owner is { IsAlive: false };

    /// <summary>Counts a timed operation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(long ticks, bool hasFailed)
    {
        Record(OperationClock.Nanoseconds(ticks));
        if (hasFailed)
            _failed++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CountAllocated(long bytes)
    {
        _allocatedBytes += bytes;
        _allocating++;
    }

    public void CountFailed() => _failed++;

    /// <summary>
    /// Whether to time the next operation; each has the chance of one in <see cref="OperationCells.SampleEvery"/>. One that is not
    /// timed is counted here, so that its end need not find the thread's cell again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNextTimed()
    {
        if (_untimed == _choiceAt && ChooseTimed())
            return true;
        _untimed++;
        return false;
    }

    /// <summary>Adds another cell, whose owner may be writing.</summary>
    public void Add(OperationCell other)
    {
        // Failures first: each is counted after its operation, so there are never more of them than operations.
        _failed += Volatile.Read(ref other._failed);
        _allocating += Volatile.Read(ref other._allocating);
        _allocatedBytes += Volatile.Read(ref other._allocatedBytes);
        _untimed += Volatile.Read(ref other._untimed);
        base.Add(other);
    }

    public OperationTally Tally()
    {
        LatencyHistogram latency = ToHistogram();
        return new OperationTally(latency, latency.Count + _untimed, _failed, _allocatedBytes, _allocating);
    }

    // The number of misses before a hit of chance 1/n has the geometric distribution. It has no memory: it may be drawn anew at
    // any time, and short-lived threads are timed as often as long-lived ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool ChooseTimed()
    {
        bool isTimed = _isTimedThen;
        double misses = cells.DrawMisses();
        if (!isTimed && misses == 0)
        {
            isTimed = true;
            misses = cells.DrawMisses();
        }
        _isTimedThen = misses <= MostSkips;
        _choiceAt = _untimed + (long)Math.Min(misses, MostSkips);
        return isTimed;
    }
}
