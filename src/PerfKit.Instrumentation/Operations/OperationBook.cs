using System.Collections.Concurrent;

namespace PerfKit.Instrumentation;

/// <summary>All meters by name, and how many cells they may have. Bounded and thread-safe.</summary>
internal sealed class OperationBook(int maxNames, int maxCells)
{
    public const string OtherName = "(other)";

    private static readonly long SweepPause = TimeSpan.MillisecondsPerSecond;

    private readonly ConcurrentDictionary<string, OperationMeter> _meters = new(StringComparer.Ordinal);
    private readonly Lock _registration = new();
    private readonly List<OperationMeter> _inOrder = []; // guarded by _registration
    private OperationMeter? _other;
    private long _overflowed;
    private int _cells;
    private long _sweptAt = -SweepPause;

    public static OperationBook Default { get; } = new(maxNames: 1_024, maxCells: 16_384);

    public long Overflowed => Interlocked.Read(ref _overflowed);

    public int CellCount => Volatile.Read(ref _cells);

    public IReadOnlyList<OperationMeter> Meters
    {
        get
        {
            lock (_registration)
                return _other is null ? [.. _inOrder] : [.. _inOrder, _other];
        }
    }

    public OperationMeter MeterOf(string? name, OperationMeterOptions options)
    {
        OperationMeterOptions.CheckSampleEvery(options.SampleEvery);
        string known = Names.Clean(name);
        if (_meters.TryGetValue(known, out OperationMeter? meter))
            return meter;
        lock (_registration)
        {
            if (_meters.TryGetValue(known, out meter))
                return meter;
            if (_inOrder.Count == maxNames || known == OtherName)
            {
                if (known != OtherName)
                    _overflowed++;
                return _other ??= new OperationMeter(OtherName, new OperationMeterOptions(), this);
            }
            meter = new OperationMeter(known, options, this);
            _inOrder.Add(meter);
            _meters[known] = meter;
            return meter;
        }
    }

    /// <summary>Whether there may be one more cell. Called without any meter's lock: it may sweep them all.</summary>
    public bool TryTakeCell()
    {
        if (TryCount())
            return true;
        long now = Environment.TickCount64;
        long swept = Volatile.Read(ref _sweptAt);
        if (now - swept < SweepPause || Interlocked.CompareExchange(ref _sweptAt, now, swept) != swept)
            return false;
        foreach (OperationMeter meter in Meters)
            meter.Cells.Sweep();
        return TryCount();
    }

    public void ReleaseCell() => Interlocked.Decrement(ref _cells);

    private bool TryCount()
    {
        if (Volatile.Read(ref _cells) >= maxCells)
            return false;
        if (Interlocked.Increment(ref _cells) <= maxCells)
            return true;
        Interlocked.Decrement(ref _cells);
        return false;
    }
}
