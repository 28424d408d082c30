using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PerfKit.Instrumentation;

/// <summary>
/// Counts and times one kind of operation of this process: how many, how many failed, how long they took, as a histogram with
/// a known error. Made for hot paths: an operation costs little more than the two time stamps that any timing needs.
/// </summary>
/// <remarks>
/// <para>All members are thread-safe; <see cref="Measure"/> and its scope neither throw, lock nor allocate, once a thread has its
/// counters. Make a meter once, keep it in a static field. Meters live as long as the process.</para>
/// <para>Each thread that ends operations has counters of its own, of at most 10 kB for a meter (about 1.5 kB as a rule), and hands
/// them over when it has ended. At most 1,024 names are kept, further ones share the meter <c>(other)</c>; at most 16,384 threads'
/// counters are kept over all meters, and threads beyond share one set for each meter, under a lock.</para>
/// </remarks>
/// <example>
/// <code>
/// private static readonly OperationMeter Checkout = OperationMeter.Create("checkout");
///
/// using (OperationScope operation = Checkout.Measure())
/// {
///     if (!await PayAsync(order))
///         operation.Fail();
/// }
/// </code>
/// </example>
public sealed class OperationMeter
{
    private readonly OperationCells _cells;
    private readonly long _madeAt = Stopwatch.GetTimestamp();
    private OperationCells? _active; // null when switched off

    internal OperationMeter(string name, OperationMeterOptions options, OperationBook book)
    {
        Name = name;
        _cells = new OperationCells(book, options);
        _active = _cells;
    }

    /// <summary>Every meter of this process, in order of making; <c>(other)</c>, if there is one, comes last.</summary>
    public static IReadOnlyList<OperationMeter> All => OperationBook.Default.Meters;

    /// <summary>
    /// Which clock times operations: <c>Stopwatch</c>, or <c>time-stamp counter</c> where the application sets the switch
    /// <c>PerfKit.OperationMeter.UseTimeStampCounter</c> of <see cref="AppContext"/> before it makes its first meter. Where it is set
    /// and the platform does not give the counter, it says why.
    /// </summary>
    public static string Clock => OperationClock.Description;

    /// <summary>How often <see cref="Create"/> gave the meter <c>(other)</c>, because all names were taken.</summary>
    public static long OverflowedNames => OperationBook.Default.Overflowed;

    /// <summary>The operation's name.</summary>
    public string Name { get; }

    /// <summary>The meter measures; <c>true</c> unless it is set. Operations that begin while it is <c>false</c> are not counted.</summary>
    public bool IsEnabled
    {
        get => Volatile.Read(ref _active) is not null;
        set => Volatile.Write(ref _active, value ? _cells : null);
    }

    /// <summary>One in how many operations is timed; see <see cref="OperationMeterOptions.SampleEvery"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside 1 to 1,000,000.</exception>
    public int SampleEvery
    {
        get => _cells.SampleEvery;
        set
        {
            OperationMeterOptions.CheckSampleEvery(value);
            _cells.SampleEvery = value;
        }
    }

    /// <summary>Timed operations also measure what they allocate.</summary>
    public bool MeasuresAllocation => _cells.MeasuresAllocation;

    internal OperationCells Cells => _cells;

    /// <summary>The meter of a name. The same name gives the same meter, for which the first caller's options hold.</summary>
    /// <param name="name">The operation's name; a missing one becomes <c>(unnamed)</c>, one beyond 256 characters is cut.</param>
    /// <param name="options">How to measure; the defaults when <c>null</c>.</param>
    /// <returns>The meter, or <c>(other)</c> when 1,024 other names were made before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static OperationMeter Create(string name, OperationMeterOptions? options = null) =>
        OperationBook.Default.MeterOf(name, options ?? new OperationMeterOptions());

    /// <summary>Begins one operation, which ends when the scope is disposed.</summary>
    /// <returns>The scope; see there for <c>await</c>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public OperationScope Measure()
    {
        // The scope keeps the very reference that is looked at here: so where an operation ends, the compiler knows from this check
        // that the meter is off, and makes no second one. It would not, were this case to end as the next one does.
        OperationCells? cells = _active;
        OperationCell? origin;
        long allocatedBefore, startedAt;
        if (cells is null)
            (origin, allocatedBefore, startedAt) = (null, 0, 0);
        else if (!cells.IsNextTimed())
            (origin, allocatedBefore, startedAt) = (null, 0, OperationScope.NotTimed);
        else if (!cells.MeasuresAllocation)
            (origin, allocatedBefore, startedAt) = (null, 0, OperationClock.Now());
        else
            (origin, startedAt, allocatedBefore) = (cells.Mine(), OperationClock.Now(), GC.GetAllocatedBytesForCurrentThread());
        return new OperationScope(cells, startedAt, origin, allocatedBefore);
    }

    /// <summary>Everything that was measured since the meter was made. It stops nobody.</summary>
    /// <param name="timeProvider">The clock for <see cref="OperationSnapshot.TakenAt"/>; the system's when <c>null</c>.</param>
    /// <returns>Every operation that ended before the call, once; ones that end meanwhile, or not.</returns>
    public OperationSnapshot Snapshot(TimeProvider? timeProvider = null) =>
        Snapshot((timeProvider ?? TimeProvider.System).GetUtcNow(), Stopwatch.GetElapsedTime(_madeAt));

    internal OperationSnapshot Snapshot(DateTimeOffset takenAt, TimeSpan window)
    {
        OperationTally tally = _cells.Read();
        return new OperationSnapshot
        {
            Operation = Name,
            TakenAt = takenAt,
            Window = window,
            Count = tally.Count,
            FailedCount = Math.Min(tally.Failed, tally.Count),
            Latency = tally.Latency,
            AllocatedBytes = MeasuresAllocation ? tally.AllocatedBytes : null,
            AllocatingCount = MeasuresAllocation ? tally.AllocatingCount : null,
        };
    }
}
