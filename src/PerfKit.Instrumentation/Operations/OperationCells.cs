using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>
/// The counters of one meter: a cell for each thread that ended an operation, which only that thread writes, and the sum of the
/// cells whose threads have ended.
/// </summary>
internal sealed class OperationCells
{
    private const int FewCells = 16;

    private static int _lastId = -1;

    private readonly Lock _lock = new(); // guards all of these
    private readonly List<OperationCell> _living = [];
    private readonly OperationCell _retired;
    private readonly OperationCell _shared;
    private int _sweepAbove = FewCells;

    private readonly OperationBook _book;
    private int _sampleEvery;
    private double _missesPerLog; // 1 / ln(1 - 1/SampleEvery)

    public OperationCells(OperationBook book, OperationMeterOptions options)
    {
        _book = book;
        MeasuresAllocation = options.MeasuresAllocation;
        SampleEvery = options.SampleEvery;
        _retired = new(this, owner: null);
        _shared = new(this, owner: null);
    }

    /// <summary>Never used again, so that a thread never finds another meter's cell.</summary>
    public int Id { get; } = Interlocked.Increment(ref _lastId);

    /// <summary>The cells that are kept, for tests.</summary>
    public int LivingCount
    {
        get
        {
            lock (_lock)
                return _living.Count;
        }
    }

    public bool MeasuresAllocation { get; }

    /// <summary>One in how many operations is timed.</summary>
    public int SampleEvery
    {
        get => Volatile.Read(ref _sampleEvery);
        set
        {
            Volatile.Write(ref _sampleEvery, value);
            Volatile.Write(ref _missesPerLog, 1 / Math.Log(1 - (1.0 / value)));
        }
    }

    /// <summary>How many operations not to time before the next that is.</summary>
    public double DrawMisses() => Math.Floor(Math.Log(1 - Random.Shared.NextDouble()) * Volatile.Read(ref _missesPerLog));

    /// <summary>The calling thread's cell; <c>null</c> when there are too many cells in the process.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OperationCell? Mine() => ThreadCells.Find(Id) ?? Add();

    /// <summary>Whether to time the operation that begins on the calling thread. One that is not timed is counted here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNextTimed() =>
        // A thread without a cell has no countdown: all of its operations are timed.
        _sampleEvery == 1 || Mine() is not { } cell || cell.IsNextTimed();

    /// <summary>Ends a timed operation on the calling thread. The origin is the cell of the thread that began it, where allocation is measured.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(long startedAt, bool hasFailed, OperationCell? origin, long allocatedBefore)
    {
        // All of this before the clock: so it hides behind the arithmetic of the first reading, of which the second waits for what
        // comes before it.
        OperationCell? cell = ThreadCells.Find(Id);
        long allocated = origin is null ? 0 : GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        long ticks = OperationClock.Now() - startedAt;
        if (cell is null)
        {
            Count(ticks, hasFailed);
            return;
        }
        if (origin == cell)
            cell.CountAllocated(allocated);
        cell.Count(ticks, hasFailed);
    }

    /// <summary>Counts a timed operation that ended on the calling thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Count(long ticks, bool hasFailed)
    {
        if (Mine() is { } cell)
        {
            cell.Count(ticks, hasFailed);
            return;
        }
        lock (_lock)
            _shared.Count(ticks, hasFailed);
    }

    /// <summary>An operation that was counted when it began, because it is not timed, has failed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void CountFailed()
    {
        if (Mine() is { } cell)
        {
            cell.CountFailed();
            return;
        }
        lock (_lock)
            _shared.CountFailed();
    }

    /// <summary>Adds up what all threads have counted, and takes over from those that have ended.</summary>
    public OperationTally Read()
    {
        OperationCell sum = new(this, owner: null);
        lock (_lock)
        {
            TakeOver();
            sum.Add(_retired);
            sum.Add(_shared);
            foreach (OperationCell cell in _living)
                sum.Add(cell);
        }
        return sum.Tally();
    }

    /// <summary>Takes over from threads that have ended.</summary>
    public void Sweep()
    {
        lock (_lock)
            TakeOver();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private OperationCell? Add()
    {
        if (!_book.TryTakeCell())
            return null;
        OperationCell cell = new(this, Thread.CurrentThread);
        lock (_lock)
        {
            _living.Add(cell);
            if (_living.Count > _sweepAbove)
            {
                TakeOver();
                // Twice what lives: sweeping costs each new cell a constant amount, however many threads come and go.
                _sweepAbove = FewCells + (2 * _living.Count);
            }
        }
        ThreadCells.Set(Id, cell);
        return cell;
    }

    private void TakeOver()
    {
        for (int i = _living.Count - 1; i >= 0; i--)
        {
            OperationCell cell = _living[i];
            if (!cell.IsAbandoned)
                continue;
            _retired.Add(cell);
            _living[i] = _living[^1];
            _living.RemoveAt(_living.Count - 1);
            _book.ReleaseCell();
        }
    }
}
